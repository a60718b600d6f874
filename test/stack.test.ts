import { join } from "node:path";
import { imread, matching, type NdArray, ndarray, segment, stack } from "bioengine";
import { beforeAll, expect, test } from "vitest";
import { notebooks } from "./laboratory";

/** Three planes of nuclei that drift by two pixels a plane. */
let planes: NdArray[];
beforeAll(async () => {
  const nuclei = await imread(join(notebooks, "data", "img2d.tif"));
  planes = [0, 2, 4].map((drift) => nuclei.slice([drift, drift + 192], [0, 200]));
});

test.each(["cellpose-python", "stardist"])(
  "segment() takes each plane of a stack by itself, with %s",
  async (modelName) => {
    const found = await segment(stack(planes), { modelName });
    expect(found.mask).toMatchObject({ shape: [3, 192, 200], dtype: "uint16", role: "labels" });
    const single = await segment(planes[1], { modelName });
    expect(matching(single.mask, found.mask.at(1), { threshold: 0.99 }).f1).toBe(1);
    expect(found.server.serverUrl).toBe(single.server.serverUrl);
  },
);

test("segment() gives a nucleus one label in all planes with stitchThreshold", async () => {
  const volume = stack(planes);
  const { mask } = await segment(volume, { modelName: "stardist", stitchThreshold: 0.25 });
  expect(mask).toMatchObject({ shape: [3, 192, 200], dtype: "int32", role: "labels" });
  const separate = (await segment(volume, { modelName: "stardist" })).mask;
  const most = Math.max(...[0, 1, 2].map((z) => Number(separate.at(z).max())));
  // Nuclei come in and go out at the border, in four rows.
  expect(Number(mask.max())).toBeLessThan(1.2 * most);
  expect(Number(mask.max())).toBeGreaterThanOrEqual(most);
});

test("segment() takes frames with channels, and axes that it is told", async () => {
  const colour = stack([planes[0], planes[0], planes[0]], 2);
  const frames = await segment(stack([colour, colour]), { modelName: "stardist", axes: "tyxc" });
  expect(frames.mask.shape).toEqual([2, 192, 200]);
  const thin = ndarray(new Uint16Array(3 * 20 * 4), [3, 20, 4]);
  expect((await segment(thin, { axes: "zyx" })).mask.shape).toEqual([3, 20, 4]);
});

test("segment() says which axes it needs", async () => {
  await expect(segment(planes[0], { stitchThreshold: 0.2 })).rejects.toThrow(
    "Cannot segment: stitchThreshold needs a stack [z, y, x], got shape [192, 200]; leave it out",
  );
  await expect(segment(planes[0], { axes: "zyx" })).rejects.toThrow(
    "Cannot segment: axes must name the image's 2 axes, got zyx for shape [192, 200]",
  );
  await expect(segment(ndarray([1, 2, 3]))).rejects.toThrow("take one plane: image.at(0)");
});

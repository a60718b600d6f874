import { join } from "node:path";
import { execute, getConfig, imread, matching, type NdArray, ndarray, segment, stack } from "bioengine";
import { beforeAll, expect, test } from "vitest";
import { notebooks } from "./laboratory";

let image: NdArray;
let truth: NdArray;
beforeAll(async () => {
  [image, truth] = (
    await Promise.all(["img2d.tif", "mask2d.tif"].map((name) => imread(join(notebooks, "data", name))))
  ).map((array) => array.slice([0, 256], [0, 256]));
});

for (const modelName of ["cellpose-python", "stardist"]) {
  test(`segment() finds the nuclei with ${modelName}, whatever the image's dtype and channels`, async () => {
    const gray = image.astype("float32").divide(255);
    const colour = stack([image, image, image], 2);
    for (const variant of [image, gray, image.astype("uint8"), colour]) {
      const found = await segment(variant, { modelName });
      expect(found.mask).toMatchObject({ shape: [256, 256], dtype: "uint16", role: "labels" });
      expect(matching(truth, found.mask).f1, `${variant.dtype} [${variant.shape}]`).toBeGreaterThan(0.8);
      expect(found.server.serverUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    }
  });
}

test("segment() hands the model's parameters on", async () => {
  const { mask } = await segment(image, { modelName: "stardist", parameters: { prob_thresh: 0.99 } });
  expect(mask.max()).toBe(0);
});

test("segment() gives the mask the image's axes and pixel size", async () => {
  const { data, shape } = image;
  const known = ndarray(data, shape, { axes: "YX", spacing: [0.5, 0.25] });
  for (const variant of [known, stack([known, known], 2), stack([known, known])]) {
    const { mask } = await segment(variant, { modelName: "stardist" });
    expect(mask.spacing).toEqual(variant.ndim === 3 && variant.shape[2] === 2 ? undefined : [0.5, 0.25]);
  }
  const { mask } = await segment(known, { modelName: "stardist" });
  expect([mask.axes, mask.role]).toEqual(["YX", "labels"]);
});

test("execute() without serverUrl uses one embedded engine for all calls, also at the same time", async () => {
  const results = await Promise.all(
    [1, 2, 3].map(() => execute({ inputs: [image, {}], modelName: "stardist" })),
  );
  expect(new Set(results.map(({ __info__ }) => __info__.serverUrl)).size).toBe(1);
  expect(new Set(results.map(({ mask }) => mask.max())).size).toBe(1);
});

test("getConfig() without serverUrl describes the embedded models", async () => {
  const { input } = await getConfig({ modelName: "cellpose-python" });
  expect(input.map(({ name, data_type }) => [name, data_type])).toEqual([
    ["image", "TYPE_FP32"],
    ["param", "TYPE_STRING"],
  ]);
});

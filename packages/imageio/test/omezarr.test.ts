import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dtypes, type NdArray, ndarray, zeros } from "@bioengine/ndarray";
import { afterAll, expect, test } from "vitest";
import { imread, imwrite, openImage } from "../src/index";

const folder = mkdtempSync(join(tmpdir(), "omezarr-"));
afterAll(() => rmSync(folder, { recursive: true }));

function sample(dtype: NdArray["dtype"], shape: number[], axes?: string, spacing?: number[]): NdArray {
  const size = shape.reduce((product, length) => product * length, 1);
  const values = ndarray(
    Float64Array.from({ length: size }, (_, i) => i * 7919 + 0.5),
    shape,
  ).astype(dtype);
  return ndarray(values.data, shape, { axes, spacing, dtype });
}

/** Whether two arrays have the same bytes; toEqual() takes seconds for a million values. */
function expectSame(found: NdArray, wanted: NdArray): void {
  const [own, other] = [found, wanted].map(({ data }) =>
    Buffer.from(data.buffer, data.byteOffset, data.byteLength),
  );
  expect(own.equals(other)).toBe(true);
}

for (const dtype of dtypes.filter((dtype) => dtype !== "bfloat16" && dtype !== "float16")) {
  test(`imwrite() stores ${dtype} in a Zarr folder exactly`, async () => {
    const path = join(folder, `${dtype}.zarr`);
    const array = sample(dtype, [3, 20, 30]);
    await imwrite(path, array);
    const back = await imread(path);
    expect([back.dtype, back.shape, back.axes]).toEqual([dtype, [3, 20, 30], "ZYX"]);
    expectSame(back, array);
  });
}

test("imwrite() shows the conversion for float16, which few programs read in a Zarr folder", async () => {
  await expect(imwrite(join(folder, "half.zarr"), sample("float16", [5, 7]))).rejects.toThrow(
    'got float16; use array.astype("float32")',
  );
});

test("imwrite() of a Zarr folder writes smaller versions, and keeps axes and spacing in NGFF's order", async () => {
  const path = join(folder, "levels.zarr");
  const array = sample("uint16", [3, 2, 601, 1101], "ZCYX", [2, 0.5, 0.25]);
  await imwrite(path, array);
  const { levels } = await openImage(path);
  expect(levels.map(({ axes, shape, spacing }) => [axes, shape, spacing])).toEqual([
    ["CZYX", [2, 3, 601, 1101], [2, 0.5, 0.25]],
    ["CZYX", [2, 3, 301, 551], [2, 1, 0.5]],
    ["CZYX", [2, 3, 151, 276], [2, 2, 1]],
  ]);
  const turned = array.transpose([1, 0, 2, 3]);
  expectSame(await levels[0].read(), turned);
  expectSame(await levels[2].read(), turned.slice(null, null, [null, null, 4], [null, null, 4]));
});

test("imwrite() of a Zarr folder writes colours as channels", async () => {
  const path = join(folder, "colours.zarr");
  const array = sample("uint8", [5, 7, 3]);
  await imwrite(path, array);
  const back = await imread(path);
  expect([back.axes, back.toArray()]).toEqual(["CYX", array.transpose([2, 0, 1]).toArray()]);
  await expect(imwrite(path, sample("uint8", [2, 5, 7, 3], "CYXS"))).rejects.toThrow(
    `Cannot write ${path}: the axes must have either channels or samples, got both; write each channel`,
  );
  expect((await imread(path)).shape).toEqual([3, 5, 7]);
});

test("imwrite() leaves chunks of zeros out", async () => {
  const path = join(folder, "sparse.zarr");
  const array = zeros([1000, 700], "int32");
  array.set(7, 999, 0);
  await imwrite(path, array);
  expect(["0/0/0", "0/1/0", "0/1/1"].map((chunk) => existsSync(join(path, chunk)))).toEqual([
    false,
    true,
    false,
  ]);
  expectSame(await imread(path), array);
});

test("imwrite() replaces a Zarr folder as a whole, and no other folder", async () => {
  const path = join(folder, "replaced.zarr");
  await imwrite(path, sample("uint8", [900, 900]));
  await imwrite(path, sample("uint16", [5, 7]));
  expect(existsSync(join(path, "1"))).toBe(false);
  expect((await imread(path)).dtype).toBe("uint16");
  const other = join(folder, "other.zarr");
  mkdirSync(other);
  writeFileSync(join(other, "thesis.txt"), "");
  await expect(imwrite(other, sample("uint8", [5, 7]))).rejects.toThrow(
    `Cannot write ${other}: only a Zarr folder is replaced, got one with thesis.txt`,
  );
  expect(existsSync(join(other, "thesis.txt"))).toBe(true);
});

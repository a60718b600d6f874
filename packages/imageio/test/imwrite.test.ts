import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DType, ndarray, zeros } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { imread, imwrite } from "../src/index";

const folder = mkdtempSync(join(tmpdir(), "imwrite-"));
// Odd sizes and values that use all bytes; imread is checked against Python's tifffile and Pillow on its own.
const sample = (dtype: DType, shape: number[]) => {
  const size = shape.reduce((product, length) => product * length, 1);
  return ndarray(
    Float64Array.from({ length: size }, (_, i) => i * 7919 + 0.5),
    shape,
  ).astype(dtype);
};

const cases: [string, DType, number[]][] = [
  ["a.png", "uint8", [7, 9]],
  ["b.png", "uint16", [7, 9]],
  ["c.png", "uint8", [7, 9, 3]],
  ["d.png", "uint16", [7, 9, 4]],
  ["e.tif", "uint8", [7, 9]],
  ["f.tif", "uint16", [7, 9]],
  ["g.tif", "uint32", [7, 9]],
  ["h.tif", "int32", [7, 9]],
  ["i.tif", "float32", [7, 9]],
  ["j.tiff", "uint8", [7, 9, 3]],
  ["k.tif", "uint16", [3, 7, 9]],
];
for (const [name, dtype, shape] of cases) {
  test(`imwrite() stores ${dtype} [${shape}] in ${name} exactly`, async () => {
    const path = join(folder, "made", name);
    const array = sample(dtype, shape);
    await imwrite(path, array);
    const back = await imread(path);
    expect({ dtype: back.dtype, shape: back.shape }).toEqual({ dtype, shape });
    expect(back.data).toEqual(array.data);
  });
}

test("imwrite() stores a view as what it shows", async () => {
  const path = join(folder, "view.tif");
  const view = sample("uint16", [7, 9]).transpose().slice([2, 5]);
  await imwrite(path, view);
  expect((await imread(path)).toArray()).toEqual(view.toArray());
});

test("imwrite() shows the conversion for a dtype that the format doesn't store", async () => {
  const path = join(folder, "x.png");
  await expect(imwrite(path, zeros([4, 4], "int32"))).rejects.toThrow('use array.astype("uint16")');
  await expect(imwrite(join(folder, "x.jpg"), zeros([4, 4], "uint16"))).rejects.toThrow('astype("uint8")');
  await expect(imwrite(join(folder, "x.tif"), zeros([4, 4], "bool"))).rejects.toThrow('astype("uint8")');
});

test("imwrite() names the extensions and axes that it takes", async () => {
  await expect(imwrite("x.gif", zeros([4, 4], "uint8"))).rejects.toThrow(
    "must be .png, .jpg, .jpeg, .tif or .tiff, got .gif",
  );
  await expect(imwrite("x.png", zeros([4, 4, 7], "uint8"))).rejects.toThrow("1 to 4 channels");
});

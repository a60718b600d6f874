import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DType, type NdArray, ndarray, zeros } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { imread, imwrite, openImage, writeNpz } from "../src/index";

const folder = mkdtempSync(join(tmpdir(), "imwrite-"));
// Odd sizes and values that use all bytes; imread is checked against Python's tifffile and Pillow on its own.
const sample = (dtype: DType, shape: number[]) => {
  const size = shape.reduce((product, length) => product * length, 1);
  return ndarray(
    Float64Array.from({ length: size }, (_, i) => (dtype === "bool" ? (i * 7919) % 3 : i * 7919 + 0.5)),
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
  ["l.tif", "int64", [7, 9]],
  ["m.tif", "float16", [7, 9]],
  ["n.webp", "uint8", [7, 9, 3]],
  ["o.tif", "uint8", [1000, 1000]],
  ["p.ome.tif", "uint16", [2, 3, 4, 5, 7]],
  ["q.ome.tif", "float32", [4, 5, 7]],
  ["r.ome.tif", "uint8", [2, 5, 7, 3]],
  ["s.ome.tif", "int32", [5, 7]],
  ["v.tif", "bool", [7, 9]],
  ["w.tif", "bool", [3, 7, 8]],
  ["x.tif", "bool", [2000, 2001]],
  ["y.ome.tif", "bool", [2, 3, 7, 9]],
  ["t.npy", "float64", [2, 0, 3]],
  ["u.npz", "bool", [2, 3]],
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

test("imwrite() keeps axes and spacing in OME-TIFF, and the plane's spacing in TIFF", async () => {
  const { data } = sample("uint16", [2, 3, 5, 7]);
  const volume = ndarray(data, [2, 3, 5, 7], { axes: "CZYX", spacing: [0.5, 0.25, 0.125] });
  const written = async (name: string, array: NdArray) => {
    await imwrite(join(folder, name), array);
    const { axes, spacing } = await imread(join(folder, name));
    return [axes, spacing];
  };
  expect(await written("volume.ome.tif", volume)).toEqual(["CZYX", [0.5, 0.25, 0.125]]);
  expect(await written("turned.ome.tif", volume.transpose([1, 0, 2, 3]))).toEqual([
    "ZCYX",
    [0.5, 0.25, 0.125],
  ]);
  expect(await written("named.ome.tif", ndarray(data, [2, 3, 5, 7], { axes: "IZYX" }))).toEqual([
    "TZYX",
    undefined,
  ]);
  // Three columns of an image that knows its axes are no colours.
  expect(await written("narrow.ome.tif", volume.slice(0, null, null, [0, 3]))).toEqual([
    "ZYX",
    [0.5, 0.25, 0.125],
  ]);
  expect(await written("stack.tif", volume.at(0))).toEqual(["ZYX", [0.5, 0.25, 0.125]]);
  expect(await written("channels.tif", volume.slice(null, 0))).toEqual(["CYX", [0.25, 0.125]]);
  expect(await written("turned.tif", volume.at(0).transpose())).toEqual(["IYX", undefined]);
  const pixels = (axes: string, spacing?: number[]) =>
    ndarray(data.slice(0, 70), [2, 5, 7], { axes, spacing });
  expect(await written("times.tif", pixels("TYX", [0.065, 0.0651]))).toEqual(["TYX", [0.065, 0.0651]]);
  expect(await written("uncalibrated.tif", pixels("ZYX"))).toEqual(["ZYX", undefined]);
  expect(await written("others.tif", pixels("QYX", [25, 25.4]))).toEqual(["IYX", [25, 25.4]]);
  // Of an electron microscope: a nanometre, and half of one.
  const fine = ndarray(data.slice(0, 35), [5, 7], { axes: "YX", spacing: [0.001, 0.0005] });
  expect(await written("fine.tif", fine)).toEqual(["YX", [0.001, 0.0005]]);
  await expect(imwrite(join(folder, "x.ome.tif"), volume.transpose())).rejects.toThrow(
    "the axes must be [t, c, z, y, x], fewer of them, or [y, x, c], got XYZC; reorder them with array.transpose",
  );
});

test("imwrite() stores a view as what it shows", async () => {
  const path = join(folder, "view.tif");
  const view = sample("uint16", [7, 9]).transpose().slice([2, 5]);
  await imwrite(path, view);
  expect((await imread(path)).toArray()).toEqual(view.toArray());
});

test("imwrite() shows the conversion for a dtype that the format doesn't store", async () => {
  const path = join(folder, "x.png");
  await expect(imwrite(path, zeros([4, 4], "int32"))).rejects.toThrow("got int32; name the file .tif, which");
  await expect(imwrite(path, zeros([4, 4]))).rejects.toThrow(
    "got float64; name the file .tif, which keeps the values, or write imgAsUbyte(array)",
  );
  await expect(imwrite(path, zeros([4, 4]).add(2))).rejects.toThrow(
    "or write imgAsUbyte(rescaleIntensity(array, { outRange: [0, 1] }))",
  );
  await expect(imwrite(join(folder, "x.jpg"), zeros([4, 4], "uint16"))).rejects.toThrow(
    "the dtype must be uint8, got uint16; name the file .tif or .png, which keeps the values",
  );
  await expect(imwrite(join(folder, "x.jpg"), zeros([4, 4], "bool"))).rejects.toThrow(
    'got bool; name the file .tif, which keeps true and false, or use array.astype("uint8").multiply(255)',
  );
});

test("imwrite() writes no labels to a format that changes them", async () => {
  const labels = ndarray(Uint8Array.of(0, 1, 2, 2), [2, 2], { role: "labels" });
  await expect(imwrite(join(folder, "labels.jpg"), labels)).rejects.toThrow(
    "got labels for JPEG; name the file .tif or .png, which keeps the values",
  );
  await imwrite(join(folder, "labels.png"), labels);
});

test("imwrite() stores bool as bits that aren't compressed, which ImageJ reads", async () => {
  const path = join(folder, "bits.tif");
  const mask = ndarray([
    [true, false, false, false, false, false, false, true, true, false],
    [false, true, true, false, false, false, false, false, false, true],
  ]);
  await imwrite(path, mask);
  expect(Array.from(readFileSync(path).subarray(8, 12))).toEqual([0x81, 0x80, 0x60, 0x40]);
});

for (const name of ["plane.tif", "plane.ome.tif", "plane.zarr"]) {
  test(`imread() knows the labels that imwrite() wrote to ${name}, and no others`, async () => {
    const path = join(folder, `role-${name}`);
    const values = sample("uint16", [7, 9]);
    const labels = values.withMetadata({ role: "labels" });
    await imwrite(path, labels);
    expect((await imread(path)).role).toBe("labels");
    expect((await imread(path, { spacing: 2 })).role).toBe("labels");
    expect((await (await openImage(path)).read([1, 5])).role).toBe("labels");
    await imwrite(path, labels.withMetadata({ spacing: [0.5, 0.25] }));
    const { role, axes, spacing } = await imread(path);
    expect({ role, axes, spacing }).toEqual({ role: "labels", axes: "YX", spacing: [0.5, 0.25] });
    await imwrite(path, values);
    expect((await imread(path)).role).toBeUndefined();
    // Values computed from labels are none.
    await imwrite(path, labels.astype("float32"));
    expect((await imread(path)).role).toBeUndefined();
  });
}

test("imread() gives the pixel size that imwrite() was given, in all its digits", async () => {
  const path = join(folder, "digits.tif");
  for (const size of [0.65, 0.1, 0.325, 0.1083, 1.3, 0.2227, 1 / 3]) {
    await imwrite(path, sample("uint8", [5, 7]).withMetadata({ spacing: size }));
    const [y] = (await imread(path)).spacing ?? [];
    // The file has nine digits.
    expect(y).toBeCloseTo(size, 9);
    if (size !== 1 / 3) expect(y).toBe(size);
  }
});

test("imread() takes the role, axes and pixel size that a file doesn't say", async () => {
  const path = join(folder, "plain.npy");
  await imwrite(path, sample("uint16", [3, 7, 9]));
  const { role, axes, spacing } = await imread(path, { role: "labels", axes: "TYX", spacing: 0.65 });
  expect({ role, axes, spacing }).toEqual({ role: "labels", axes: "TYX", spacing: [0.65, 0.65] });
  await expect(imread(path, { pixelSize: 1 } as object)).rejects.toThrow(
    "options must be among level, page, role, axes, spacing, signal, got pixelSize",
  );
  await expect(imread(path, { axes: "TYX", spacing: [1] })).rejects.toThrow(
    "spacing must be a number above 0 for each of YX, got [1]",
  );
});

test("imwrite() and writeNpz() name what is no array, and arguments in another order", async () => {
  const image = zeros([4, 4], "uint8");
  await expect(imwrite(image as never, "a.tif" as never)).rejects.toThrow(
    'Cannot write: the path comes first, got an NdArray; use imwrite("mask.tif", mask)',
  );
  await expect(imwrite("a.tif", [[1, 2]] as never)).rejects.toThrow(
    "Cannot write a.tif: an NdArray is needed, got object; use ndarray(data, [height, width])",
  );
  await expect(imwrite("a.tif", undefined as never)).rejects.toThrow("got undefined");
  await expect(imwrite("a.tif", zeros([4], "uint8"))).rejects.toThrow(/got shape \[4\]$/);
  await expect(writeNpz("a.npz", image as never)).rejects.toThrow('use imwrite("a.npz", array)');
  await expect(writeNpz("a.npz", { image: [1] } as never)).rejects.toThrow("an NdArray is needed");
  await expect(writeNpz("a.npz", undefined as never)).rejects.toThrow(
    'arrays by name are needed, got undefined; use writeNpz("a.npz", { image, mask })',
  );
  await expect(writeNpz({ image } as never, "a.npz" as never)).rejects.toThrow(
    'Cannot write: the path comes first, got object; use writeNpz("nuclei.npz", { image, mask })',
  );
});

test("imwrite() names the extensions and axes that it takes", async () => {
  await expect(imwrite("x.gif", zeros([4, 4], "uint8"))).rejects.toThrow(
    "must end in .ome.tif, .ome.tiff, .tif, .tiff, .png, .jpg, .jpeg, .webp, .npy, .npz or .zarr, got .gif",
  );
  await expect(imwrite("x.png", zeros([4, 4, 7], "uint8"))).rejects.toThrow("1 to 4 channels");
  const narrow = zeros([5, 7, 3], "uint8").withMetadata({ axes: "ZYX" });
  await expect(imwrite("x.png", narrow)).rejects.toThrow(
    /got shape \[5, 7, 3\]; write one plane: array\.at\(0\)$/,
  );
});

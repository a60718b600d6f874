import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { imwrite, label, type NdArray, ndarray } from "bioengine";
import { expect, test } from "vitest";
import { setUpEnvironment } from "../environment.mjs";
import { root } from "../laboratory";
import { finish } from "../program";

const folder = mkdtempSync(join(tmpdir(), "imagefiles-"));

type Options = { axes?: string; spacing?: number[] };

/** Values that use all bytes. */
function sample(dtype: NdArray["dtype"], shape: number[], options: Options = {}): NdArray {
  const size = shape.reduce((product, length) => product * length, 1);
  const values = Float64Array.from({ length: size }, (_, i) => i * 7919.25);
  const { data } = ndarray(values, shape).astype(dtype);
  return ndarray(data, shape, { ...options, dtype });
}

const spacing = [0.5, 0.25, 0.125];
const cases: [name: string, array: NdArray, axes?: string, spacing?: number[]][] = [
  ["labels.ome.tif", sample("uint16", [5, 7], { axes: "YX", spacing: [0.25, 0.125] }), "YX", [0.25, 0.125]],
  ["large.ome.tif", sample("int32", [700, 801], { axes: "YX" }), "YX", []],
  ["five.ome.tif", sample("uint16", [2, 3, 4, 5, 7], { axes: "TCZYX", spacing }), "TCZYX", spacing],
  ["order.ome.tif", sample("float32", [2, 3, 5, 7], { axes: "ZTYX", spacing }), "ZTYX", spacing],
  ["colours.ome.tif", sample("uint8", [4, 5, 7, 3], { axes: "TYXS" }), "TYXS", []],
  ["unnamed.ome.tif", sample("float64", [4, 5, 7]), "ZYX", []],
  ["calibrated.tif", sample("uint8", [3, 5, 7], { axes: "ZYX", spacing }), "ZYX", spacing],
  ["plane.tif", sample("float32", [5, 7], { axes: "YX", spacing: [0.065, 0.0651] }), "YX", [0.065, 0.0651]],
  ["channels.tif", sample("int32", [3, 5, 7], { axes: "CYX", spacing: [30, 20] }), "CYX", [30, 20]],
  ["rgb.tif", sample("uint8", [5, 7, 3], { axes: "YXS", spacing: [0.5, 0.25] }), "YXS", [0.5, 0.25]],
  ["times.tif", sample("uint16", [3, 5, 7], { axes: "TYX" }), "TYX"],
  ["colour.tif", sample("uint16", [5, 7, 4]), "YXS", undefined],
  ...(["uint64", "int64", "int8", "float16", "float32"] as const).map(
    (dtype) => [`${dtype}.tif`, sample(dtype, [5, 7]), "YX"] as [string, NdArray, string],
  ),
  ["bool.tif", sample("bool", [7, 13]), "YX"],
  ["bools.ome.tif", sample("bool", [3, 7, 13], { axes: "ZYX" }), "ZYX", []],
  ["labels.tif", label(sample("bool", [7, 13])), "YX"],
  ["five.zarr", sample("uint16", [2, 3, 4, 5, 7], { axes: "TCZYX", spacing }), "TCZYX", spacing],
  ["large.zarr", sample("float32", [700, 801], { axes: "YX" }), "YX", []],
  [
    "labels.zarr",
    label(sample("bool", [600, 700], { axes: "YX", spacing: [0.5, 0.25] })),
    "YX labels",
    [0.5, 0.25],
  ],
  ["bool.npy", sample("bool", [2, 3, 4])],
  ["float16.npy", sample("float16", [4])],
  ["turned.npy", sample("int64", [2, 3, 4]).transpose()],
  ["packed.npz", sample("uint32", [30, 40])],
];

test("tifffile, numpy and ome-zarr read what imwrite() writes: values, axes and pixel sizes", async () => {
  const paths = cases.map(([name]) => join(folder, name));
  for (const [index, [, array]] of cases.entries()) await imwrite(paths[index], array);
  const { python } = setUpEnvironment("imagefiles", "test/imagefiles/requirements.txt");
  const { code, output } = await finish(python, [join(root, "test/imagefiles/read.py"), ...paths]);
  expect(code, output).toBe(0);
  const lines = [...output.matchAll(/^read:(.*)$/gm)].map(([, line]) => line);
  expect(lines.length, output).toBe(cases.length);
  for (const [index, [name, array, axes, known]] of cases.entries()) {
    const read = JSON.parse(lines[index]);
    expect({ name, dtype: read.dtype, shape: read.shape }).toEqual({
      name,
      dtype: array.dtype,
      shape: array.shape,
    });
    const { data } = array;
    expect(
      Buffer.from(data.buffer, data.byteOffset, data.byteLength).equals(Buffer.from(read.data, "base64")),
      name,
    ).toBe(true);
    expect(read.axes ?? undefined, name).toBe(axes);
    if (known !== undefined) expect(read.spacing, name).toEqual(known);
  }
});

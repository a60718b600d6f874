import { expect, test } from "vitest";
import { type NdArray, ndarray, zeros } from "../src/index";

/** What a cell writes to read it again. */
function readAgain(array: NdArray): NdArray {
  const { data, shape, ...options } = JSON.parse(JSON.stringify(array));
  return ndarray(data, shape, options);
}

test("JSON.stringify() writes an array's dtype, shape and elements", () => {
  const array = ndarray(Uint16Array.of(1, 2, 3, 4, 5, 6), [2, 3]);
  expect(JSON.stringify(array)).toBe('{"dtype":"uint16","shape":[2,3],"data":[1,2,3,4,5,6]}');
  // Of a view its own elements, in its own order.
  expect(JSON.stringify({ column: array.slice(null, 1) })).toBe(
    '{"column":{"dtype":"uint16","shape":[2],"data":[2,5]}}',
  );
  expect(JSON.stringify(array.transpose())).toContain('"shape":[3,2],"data":[1,4,2,5,3,6]');
});

test("an array is read from its JSON as it was", () => {
  const labels = ndarray(Int32Array.of(0, 1, 2, 2), [2, 2]).withMetadata({
    role: "labels",
    axes: "YX",
    spacing: [0.5, 0.25],
  });
  const arrays = [
    labels,
    labels.greater(1),
    labels.astype("int64"),
    ndarray(Float32Array.of(0.1, -1e-7, 3), [3]),
    ndarray(5),
    zeros([0, 3], "uint8"),
    zeros([2, 2, 3], "uint8").withMetadata({ axes: "YXS" }),
  ];
  for (const array of arrays) {
    const again = readAgain(array);
    const facts = ({ dtype, shape, role, axes, spacing, data }: NdArray) => [
      dtype,
      shape,
      role,
      axes,
      spacing,
      data,
    ];
    expect(facts(again)).toEqual(facts(array));
  }
});

test("JSON.stringify() refuses what JSON doesn't hold", () => {
  expect(() => JSON.stringify(zeros([2049, 2048], "uint8"))).toThrow(
    'Cannot write an array as JSON: it must have at most 4194304 elements, got shape [2049, 2048]; use await imwrite("image.tif", image), or await writeNpz("arrays.npz", { image: image })',
  );
  expect(() => JSON.stringify(ndarray(BigInt64Array.of(2n ** 60n), [1]))).toThrow("must be within 2^53");
  expect(JSON.stringify(ndarray([Number.NaN, 1]))).toContain('"data":[null,1]');
});

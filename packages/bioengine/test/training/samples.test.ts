import { label, relabelSequential } from "@bioengine/measure";
import { type DType, full, type NdArray, ndarray, stack, zeros } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import type { TrainingSample } from "../../src/membranes/membranes";
import { drawMembranes } from "../../src/membranes/membranes";
import { modelSamples } from "../../src/training/samples";

const gray = ndarray(new Uint8Array([10, 20, 30, 40, 50, 60]), [2, 3]);
const other = ndarray(new Uint8Array([1, 2, 3, 4, 5, 6]), [2, 3]);
const labels = ndarray(new Uint16Array([0, 1, 1, 2, 2, 0]), [2, 3]);

const convert = (...samples: TrainingSample[]) => modelSamples(samples, "samples", "train m");
const imageOf = (image: NdArray) => convert([image, labels]).samples[0]!.image;
const labelsOf = (given: NdArray) => convert([gray, given]).samples[0]!.labels;

/** An image that was not checked by a compiler. */
const untyped = (samples: unknown) => modelSamples(samples as TrainingSample[], "samples", "train m");

function refusalOf(samples: unknown): string {
  try {
    untyped(samples);
  } catch (error) {
    return String(error);
  }
  throw new Error("Nothing was thrown");
}
const ofImage = (image: NdArray) => refusalOf([[image, labels]]);
const ofLabels = (given: NdArray) => refusalOf([[gray, given]]);

test.each<DType>(["uint8", "uint16", "int32", "int64", "float32", "float64"])(
  "modelSamples() makes a gray image of %s one of three equal channels, float32",
  (dtype) => {
    const image = imageOf(gray.astype(dtype));
    expect([image.dtype, image.shape]).toEqual(["float32", [2, 3, 3]]);
    expect(image.toArray()).toEqual([
      [Array(3).fill(10), Array(3).fill(20), Array(3).fill(30)],
      [Array(3).fill(40), Array(3).fill(50), Array(3).fill(60)],
    ]);
  },
);

test("modelSamples() keeps the values of floats, whatever their range", () => {
  const image = imageOf(ndarray(new Float32Array([0.25, -1, 0, 1e6, Number.NaN, 0.5]), [2, 3]));
  expect([...image.slice(null, null, 2).data]).toEqual([0.25, -1, 0, 1e6, Number.NaN, 0.5]);
});

test("modelSamples() gives an image of one channel three, one of two an empty third, one of four its first three", () => {
  const channels = (...planes: NdArray[]) => {
    const image = imageOf(stack(planes, 2));
    expect(image.shape).toEqual([2, 3, 3]);
    return [0, 1, 2].map((channel) => [...image.slice(null, null, channel).data]);
  };
  const [g, o] = [[...gray.data], [...other.data]];
  expect(channels(gray)).toEqual([g, g, g]);
  expect(channels(gray, other)).toEqual([g, o, [0, 0, 0, 0, 0, 0]]);
  expect(channels(gray, other, gray)).toEqual([g, o, g]);
  expect(channels(gray, other, other, gray)).toEqual([g, o, o]);
});

test("modelSamples() takes images as gray whose channels are the same, and needs that of all of them", () => {
  const asRgb = stack([gray, gray, gray], 2);
  const opaque = stack([gray, gray, gray, full([2, 3], 255, "uint8")], 2);
  const colour = stack([gray, other], 2);
  expect(convert([gray, labels]).channels).toEqual([1, 0]);
  expect(convert([asRgb, labels], [opaque, labels], [gray, labels]).channels).toEqual([1, 0]);
  expect(convert([asRgb, labels], [colour, labels]).channels).toEqual([1, 2]);
});

test.each<DType>(["bool", "uint8", "uint16", "int32", "int64", "float32", "float64"])(
  "modelSamples() makes labels of %s [y, x, 1] uint16",
  (dtype) => {
    const one = labels
      .greater(0)
      .astype("uint8")
      .multiply(
        ndarray([
          [0, 1, 1],
          [0, 0, 0],
        ]),
      );
    const converted = labelsOf(one.astype(dtype));
    expect([converted.dtype, converted.shape]).toEqual(["uint16", [2, 3, 1]]);
    expect([...converted.data]).toEqual([0, 1, 1, 0, 0, 0]);
  },
);

test("modelSamples() takes labels [y, x, 1], with gaps, up to 65535, and leaves what it was given as it was", () => {
  const high = ndarray(new Int32Array([0, 65535, 65535, 7, 7, 0]), [2, 3, 1]);
  expect([...labelsOf(high).data]).toEqual([0, 65535, 65535, 7, 7, 0]);
  expect([high.dtype, ...high.data]).toEqual(["int32", 0, 65535, 65535, 7, 7, 0]);
});

test("modelSamples() reads arrays that are views", () => {
  const image = gray.transpose([1, 0]);
  const { samples } = convert([image, labels.transpose([1, 0])]);
  expect([...samples[0]!.image.slice(null, null, 0).data]).toEqual([10, 40, 20, 50, 30, 60]);
  expect([...samples[0]!.labels.data]).toEqual([0, 2, 1, 2, 1, 0]);
});

test("modelSamples() wants a list of pairs", () => {
  const wanted = "TypeError: Cannot train m: samples must be a list of pairs of image and labels, got";
  const advice = "; write [[image, labels]]";
  expect(refusalOf([])).toBe(`${wanted} none${advice}`);
  expect(refusalOf(undefined)).toBe(`${wanted} undefined${advice}`);
  expect(refusalOf(null)).toBe(`${wanted} null${advice}`);
  expect(refusalOf(gray)).toBe(`${wanted} array${advice}`);
  expect(refusalOf([gray, labels])).toBe(`${wanted} one pair${advice}`);
});

test("modelSamples() names the sample that is no pair of arrays, and what it is", () => {
  const wanted = "TypeError: Cannot train m: samples[1] must be a pair of arrays, got";
  const second = (sample: unknown) => refusalOf([[gray, labels], sample]);
  expect(second({ image: gray, labels })).toBe(`${wanted} object; write [image, labels]`);
  expect(second(gray)).toBe(`${wanted} array; write [image, labels]`);
  expect(second([gray])).toBe(`${wanted} [array]; write [image, labels]`);
  expect(second([gray, labels, labels])).toBe(`${wanted} [array, array, array]; write [image, labels]`);
  expect(second(["a.tif", "b.tif"])).toBe(
    `${wanted} [string, string]; write [await imread(image), await imread(labels)]`,
  );
  expect(second([[[1, 2]], [[0, 1]]])).toBe(
    `${wanted} [list, list]; write [ndarray(image), ndarray(labels)]`,
  );
  expect(second([gray, null])).toBe(`${wanted} [array, null]; write [image, labels]`);
});

test("modelSamples() wants an image [y, x] or [y, x, c], and knows one whose channels come first", () => {
  const wanted =
    "RangeError: Cannot train m: samples[0][0] must be an image [y, x] or [y, x, c] of 1 to 4 channels, got shape";
  expect(ofImage(zeros([6]))).toBe(`${wanted} [6]`);
  expect(ofImage(zeros([0, 3]))).toBe(`${wanted} [0, 3]`);
  expect(ofImage(zeros([2, 3, 0]))).toBe(`${wanted} [2, 3, 0]`);
  expect(ofImage(zeros([2, 2, 3, 3]))).toBe(`${wanted} [2, 2, 3, 3]`);
  expect(ofImage(zeros([9, 8, 7]))).toBe(`${wanted} [9, 8, 7]`);
  expect(ofImage(zeros([3, 8, 9]))).toBe(`${wanted} [3, 8, 9]; write image.transpose([1, 2, 0])`);
});

test("modelSamples() refuses an image without any finite value, and takes one with some", () => {
  expect(ofImage(full([2, 3], Number.NaN, "float32"))).toBe(
    "RangeError: Cannot train m: samples[0][0] must have finite values, got NaN only",
  );
  expect(ofImage(full([2, 3], Number.NEGATIVE_INFINITY, "float64"))).toContain("got -Infinity only");
});

test("modelSamples() wants labels of the image's size, and knows the mask of a model that has one axis more", () => {
  const wanted = "RangeError: Cannot train m: samples[0][1] must have the image's shape [2, 3], got";
  expect(ofLabels(labels.transpose([1, 0]))).toBe(`${wanted} [3, 2]`);
  expect(ofLabels(labels.expandDims(0))).toBe(`${wanted} [1, 2, 3]; write labels.at(0)`);
  expect(ofLabels(stack([labels, labels, labels], 2))).toBe(`${wanted} [2, 3, 3]`);
  const other = [zeros([4, 4]), full([4, 4], 1, "uint8")];
  expect(refusalOf([other, [gray, zeros([4, 4])]])).toContain("samples[1][1]");
});

test("modelSamples() wants whole numbers, and says how probabilities become labels", () => {
  const wanted = "RangeError: Cannot train m: samples[0][1] must have whole numbers, got";
  const advice = "; write label(labels.greater(0.5))";
  expect(ofLabels(labels.astype("float32").multiply(0.25))).toBe(`${wanted} 0.25${advice}`);
  expect(
    ofLabels(
      ndarray([
        [0, 0, 0],
        [0, Number.NaN, 1],
      ]),
    ),
  ).toBe(`${wanted} NaN${advice}`);
});

test("modelSamples() wants labels that fit uint16, and says how to number them anew", () => {
  const wanted = "RangeError: Cannot train m: samples[0][1] must have labels from 0 to 65535, got";
  const int32 = (...values: number[]) => ndarray(new Int32Array(values), [2, 3]);
  expect(ofLabels(int32(0, 1, 1, 70000, 0, 0))).toBe(`${wanted} 0 to 70000; write relabelSequential(labels)`);
  expect(ofLabels(int32(-1, 1, 1, -1, 2, 2))).toBe(`${wanted} -1 to 2; write relabelSequential(labels)`);
  expect(ofLabels(int32(0, 1, 1, 70000, 0, 0).astype("int64"))).toContain("got 0 to 70000");
  expect(ofLabels(int32(0, 1, 1, 70000, 0, 0).astype("float64"))).toBe(
    `${wanted} 0 to 70000; write relabelSequential(labels.astype("int32"))`,
  );
});

test.each<DType>(["uint8", "int64", "float32", "bool"])(
  "modelSamples() wants objects, also in labels of %s",
  (dtype) => {
    expect(ofLabels(zeros([2, 3], dtype))).toBe(
      "RangeError: Cannot train m: samples[0][1] must have objects, got background only; leave the image out, or label its objects",
    );
  },
);

test.each<DType>(["uint8", "int64", "float32"])(
  "modelSamples() knows a mask of %s whose objects have one number",
  (dtype) => {
    const mask = ndarray([
      [255, 0, 255],
      [255, 0, 0],
    ])
      .astype("uint8")
      .astype(dtype);
    expect(ofLabels(mask)).toBe(
      "RangeError: Cannot train m: samples[0][1] must number its objects, got 255 for all of them; write label(labels.greater(0))",
    );
  },
);

test("modelSamples() takes what it advises to write", () => {
  const floats = ndarray(new Float32Array([0, 0.9, 0.2, 0.7, 70000, 1]), [2, 3]);
  const repaired: [NdArray, NdArray][] = [
    [gray, labels.expandDims(0).at(0)],
    [stack([gray, gray], 0).transpose([1, 2, 0]), labels],
    [gray, label(floats.greater(0.5))],
    [gray, relabelSequential(floats.astype("int32"))],
    [gray, relabelSequential(ndarray(new Int32Array([-1, 1, 1, -1, 70000, 2]), [2, 3]))],
    [
      gray,
      label(
        ndarray([
          [255, 0, 255],
          [255, 0, 0],
        ]).greater(0),
      ),
    ],
  ];
  expect(convert(...repaired).samples.map(({ labels }) => labels.max())).toEqual([2, 2, 1, 2, 3, 2]);
});

test("modelSamples() takes a single object, and two that touch", () => {
  expect([
    ...labelsOf(
      ndarray([
        [0, 5, 5],
        [0, 0, 5],
      ]),
    ).data,
  ]).toEqual([0, 5, 5, 0, 0, 5]);
  expect([
    ...labelsOf(
      ndarray([
        [0, 5, 4],
        [0, 0, 5],
      ]),
    ).data,
  ]).toEqual([0, 5, 4, 0, 0, 5]);
});

test("modelSamples() uses the option's name in what it says", () => {
  expect(() => modelSamples([], "validation", "train 7")).toThrow(
    /^Cannot train 7: validation must be a list/,
  );
});

test("modelSamples() knows an image in the place of the labels", () => {
  const [[image, labels]] = drawMembranes({ count: 1, size: 128 });
  expect(() => modelSamples([[labels, image.slice(null, null, 0)]], "samples", "train 1")).toThrow(
    /^Cannot train 1: samples\[0\]\[1\] must number objects, got \d+ parts of 1\.\d pixels on average; are image and labels swapped\?$/,
  );
});

import { NdArray, ndarray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { prepareCellposeSample, prepareStardistSample } from "../../src/training/preparedsample";

const labels = Int32Array.of(0, 9, 9, 0, 0, 9, 9, 0, 4, 0, 0, -1);
const image = ndarray(
  Array.from({ length: 12 }, (_, pixel) => pixel),
  [3, 4],
  { dtype: "uint16" },
);

test("prepareCellposeSample() renumbers objects, finds their middles and median diameter, and stretches planes", () => {
  const sample = prepareCellposeSample([image, image], labels, "plate 1");
  expect([sample.height, sample.width, sample.objects]).toEqual([3, 4, 2]);
  expect([...sample.labels]).toEqual([0, 2, 2, 0, 0, 2, 2, 0, 1, 0, 0, 0]);
  expect([...sample.middles]).toEqual([2, 0, 0.5, 1.5]);
  const diameters = [1, 4].map((area) => Math.sqrt((4 * area) / Math.PI));
  expect(sample.diameter).toBeCloseTo((diameters[0] + diameters[1]) / 2, 12);
  // numpy.percentile(range(12), (1, 99)) is 0.11 and 10.89.
  expect(sample.planes.length).toBe(2);
  expect(sample.planes[1].data[0]).toBeCloseTo(-0.11 / 10.78, 6);
  expect(sample.planes[1].data[11]).toBeCloseTo(10.89 / 10.78, 6);
  expect(sample.flows.length).toBe(24);
});

test("prepareStardistSample() stretches to the percentile 99.8 and knows the objects' probability", () => {
  const sample = prepareStardistSample(image, labels, "plate 1");
  // numpy.percentile(range(12), (1, 99.8)) is 0.11 and 10.978.
  expect(sample.planes[0].data[11]).toBeCloseTo(10.89 / 10.868, 6);
  expect([...sample.probability]).toEqual([0, 1, 1, 0, 0, 1, 1, 0, 1, 0, 0, 0]);
});

test("prepareStardistSample() reads a constant image as 0, and what isn't finite too", () => {
  const values = Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3);
  const constant = new NdArray({ dtype: "float32", shape: [3, 4], buffer: values });
  expect(prepareStardistSample(constant, labels, "plate 1").planes[0].data).toEqual(new Float32Array(12));
});

test("prepareCellposeSample() and prepareStardistSample() name a sample without objects", () => {
  const message = "Cannot train plate 1: labels must have objects, got none";
  expect(() => prepareCellposeSample([image], new Int32Array(12), "plate 1")).toThrow(
    new RangeError(message),
  );
  expect(() => prepareStardistSample(image, new Int32Array(12), "plate 1")).toThrow(new RangeError(message));
});

import { type NdArray, ndarray } from "@bioengine/ndarray";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { regionpropsTable } from "../src/index";

// What does not depend on where a region is, how it is turned by right angles, or what number it has.
const still = [
  ...["area", "area_bbox", "area_convex", "area_filled", "euler_number", "feret_diameter_max"],
  ...["inertia_tensor_eigvals", "axis_major_length", "intensity_median", "intensity_std"],
];
// In 3-D the shortest axis is the root of a difference that is rounding noise where it is 0.
const planarStill = [...still, "axis_minor_length", "perimeter", "perimeter_crofton", "eccentricity"];

interface Field {
  readonly shape: readonly number[];
  readonly labels: readonly number[];
}

const fieldOf = (ndim: number, longest: number): fc.Arbitrary<Field> =>
  fc.array(fc.integer({ min: 1, max: longest }), { minLength: ndim, maxLength: ndim }).chain((shape) => {
    const size = shape.reduce((product, length) => product * length, 1);
    const labels = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: size, maxLength: size });
    return labels.map((values) => ({ shape, labels: values }));
  });

const arrayOf = ({ shape, labels }: Field): NdArray => ndarray(Int32Array.from(labels), shape);
// Intensities that move with the pixels: some function of what is at them.
const imageOf = (mask: NdArray) => mask.multiply(mask).add(3);

function measured(mask: NdArray, image: NdArray, properties: readonly string[]) {
  const table = regionpropsTable(mask, { image, properties: ["label", ...properties] });
  return table.rows().map((row) => Object.values(row).map(Number));
}

function expectEqual(found: number[][], expected: number[][]): void {
  expect(found.length).toBe(expected.length);
  found.forEach((row, index) => {
    row.forEach((value, column) => {
      const other = expected[index][column];
      const isEqual =
        Object.is(value, other) || Math.abs(value - other) <= 1e-9 * Math.max(1, Math.abs(other));
      expect(isEqual, `row ${index}, column ${column}: ${value} and ${other}`).toBe(true);
    });
  });
}

/** The field on a larger one of background, from a position on. */
function moved(mask: NdArray, offset: readonly number[]): NdArray {
  const shape = mask.shape.map((length, axis) => length + 2 * offset[axis] + 1);
  const size = shape.reduce((product, length) => product * length, 1);
  const canvas = ndarray(new Int32Array(size), shape);
  const part = canvas.slice(
    ...offset.map((start, axis): [number, number] => [start, start + mask.shape[axis]]),
  );
  const { data } = mask;
  for (let i = 0; i < data.length; i++) {
    const indices = mask.shape.map((length, axis) => {
      const step = mask.shape.slice(axis + 1).reduce((product, other) => product * other, 1);
      return Math.floor(i / step) % length;
    });
    part.set(Number(data[i]), ...indices);
  }
  return canvas;
}

describe("regionpropsTable() doesn't change when", () => {
  const options = { numRuns: 150, seed: 5 };

  test("a 2-D mask is moved", () => {
    fc.assert(
      fc.property(fieldOf(2, 9), fc.nat(40), fc.nat(40), (field, y, x) => {
        const mask = arrayOf(field);
        const shifted = moved(mask, [y, x]);
        expectEqual(
          measured(shifted, imageOf(shifted), planarStill),
          measured(mask, imageOf(mask), planarStill),
        );
        const centroids = measured(mask, mask, ["centroid"]).map(([label, a, b]) => [label, a + y, b + x]);
        expectEqual(measured(shifted, shifted, ["centroid"]), centroids);
      }),
      options,
    );
  });

  test("a 2-D mask is turned by 90 degrees or mirrored", () => {
    fc.assert(
      fc.property(fieldOf(2, 9), (field) => {
        const mask = arrayOf(field);
        const expected = measured(mask, imageOf(mask), planarStill);
        for (const other of [
          mask.transpose(),
          mask.slice([null, null, -1]),
          mask.transpose().slice([null, null, -1]),
        ]) {
          expectEqual(measured(other, imageOf(other), planarStill), expected);
        }
      }),
      options,
    );
  });

  test("a 3-D mask is moved, or its axes change places", () => {
    fc.assert(
      fc.property(fieldOf(3, 5), fc.nat(7), (field, step) => {
        const mask = arrayOf(field);
        const expected = measured(mask, imageOf(mask), still);
        for (const other of [
          moved(mask, [step, 2, step]),
          mask.transpose([2, 0, 1]),
          mask.transpose([0, 2, 1]),
        ]) {
          expectEqual(measured(other, imageOf(other), still), expected);
        }
      }),
      { ...options, numRuns: 60 },
    );
  });

  test("labels are renamed, but for the order of the rows", () => {
    const names = fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 31 - 1 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fieldOf(2, 9), names, (field, [a, b, c]) => {
        const renamed = { shape: field.shape, labels: field.labels.map((label) => [0, a, b, c][label]) };
        const image = imageOf(arrayOf(field));
        const expected = measured(arrayOf(field), image, planarStill)
          .map(([label, ...values]) => [[0, a, b, c][label], ...values])
          .sort(([one], [other]) => one - other);
        expectEqual(measured(arrayOf(renamed), image, planarStill), expected);
      }),
      options,
    );
  });

  test("each label is measured alone", () => {
    fc.assert(
      fc.property(fieldOf(2, 9), (field) => {
        const mask = arrayOf(field);
        const alone = [1, 2, 3].flatMap((label) => {
          const own = mask.equal(label).multiply(mask);
          return measured(own, imageOf(mask), planarStill);
        });
        expectEqual(measured(mask, imageOf(mask), planarStill), alone);
      }),
      options,
    );
  });
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type NdArray, ndarray, zeros } from "@bioengine/ndarray";
import { describe, expect, test } from "vitest";
import {
  findBoundaries,
  label,
  labelToRgb,
  matching,
  regionprops,
  regionpropsTable,
  relabelSequential,
} from "../src/index";

const skimage = JSON.parse(readFileSync(join(__dirname, "fixtures/skimage.json"), "utf8"));
const integers = (values: number[], shape: number[]): NdArray => ndarray(Int32Array.from(values), shape);
const list = (array: NdArray): number[] => Array.from(array.data as Int32Array);

/** Angles of regions as wide as they are high are rounding noise; so are third-order terms next to their column. */
const tolerance = (values: readonly (number | null)[]): number =>
  1e-9 * Math.max(1e-3, ...values.map((value) => Math.abs(value ?? 0)));

describe("regionpropsTable() gives scikit-image's values", () => {
  for (const { name, shape, labels, image, imageShape, spacing, properties, columns } of skimage.cases) {
    test(name, () => {
      const table = regionpropsTable(integers(labels, shape), {
        properties,
        ...(image ? { image: integers(image, imageShape) } : {}),
        ...(spacing ? { spacing } : {}),
      });
      expect(table.columnNames).toEqual(Object.keys(columns));
      for (const [column, expected] of Object.entries<(number | null)[]>(columns)) {
        const found = Array.from(table.column(column) as Float64Array);
        // Moments of first order about the centre are 0 but for rounding.
        const vanishing = /central-(0-)?(0-1|1-0)/.test(column);
        const allowed = vanishing ? 1e-6 : tolerance(expected);
        const isotropic = (row: number) =>
          column === "orientation" && (columns.eccentricity[row] ?? 0) < 1e-4;
        expected.forEach((value, row) => {
          if (isotropic(row)) return;
          if (value === null) expect(Number.isFinite(found[row]), `${column} of row ${row}`).toBe(false);
          else
            expect(
              Math.abs(found[row] - value),
              `${column} of row ${row}: ${found[row]} for ${value}`,
            ).toBeLessThanOrEqual(allowed);
        });
      }
    });
  }
});

describe("label()", () => {
  for (const connectivity of [1, 2]) {
    test(`numbers 2-D regions as scikit-image does, connectivity ${connectivity}`, () => {
      expect(list(label(integers(skimage.binary, [20, 24]), { connectivity }))).toEqual(
        skimage.label[connectivity],
      );
    });
  }
  for (const connectivity of [1, 2, 3]) {
    test(`numbers 3-D regions as scikit-image does, connectivity ${connectivity}`, () => {
      const image = integers(skimage.solid, [5, 8, 9]).astype("bool");
      expect(list(label(image, { connectivity }))).toEqual(skimage.label3d[connectivity]);
    });
  }
  test("refuses floats and names the range of connectivity", () => {
    expect(() => label(zeros([3, 3]))).toThrow("use label(image.greater(0))");
    expect(() => label(zeros([3, 3], "uint8"), { connectivity: 3 })).toThrow(
      "connectivity must be from 1 to 2, got 3",
    );
  });
});

describe("findBoundaries()", () => {
  for (const [key, expected] of Object.entries<number[]>(skimage.boundaries)) {
    test(`marks what scikit-image marks: ${key}`, () => {
      const [mode, connectivity] = key.split(" ");
      const options = { mode: mode as "thick", connectivity: Number(connectivity) as 1 };
      expect(list(findBoundaries(integers(skimage.touching, [40, 48]), options))).toEqual(expected);
    });
  }
});

describe("matching()", () => {
  for (const [threshold, expected] of Object.entries<Record<string, number>>(skimage.matching)) {
    test(`counts what stardist.matching counts at IoU ${threshold}`, () => {
      const [truth, prediction] = [skimage.touching, skimage.shifted].map((values) =>
        integers(values, [40, 48]),
      );
      const found = matching(truth, prediction, { threshold: Number(threshold) });
      expect([found.truePositives, found.falsePositives, found.falseNegatives]).toEqual([
        expected.tp,
        expected.fp,
        expected.fn,
      ]);
      expect(found.f1).toBeCloseTo(expected.f1, 12);
      expect(found.averagePrecision).toBeCloseTo(expected.accuracy, 12);
      expect(found.precision).toBeCloseTo(expected.precision, 12);
      // Below 0.5 several assignments have the same count; ours isn't always the one with the largest sum of IoU.
      if (Number(threshold) >= 0.5) expect(found.meanMatchedIou).toBeCloseTo(expected.mean_matched_score, 6);
    });
  }
  test("two empty masks agree, and shapes must be equal", () => {
    expect(matching(zeros([4, 4], "uint8"), zeros([4, 4], "uint8")).f1).toBe(1);
    expect(() => matching(zeros([4, 4], "uint8"), zeros([4, 5], "uint8"))).toThrow("must have one shape");
  });
});

describe("regionprops()", () => {
  const mask = integers([0, 2, 2, 0, 2, 2, 0, 0, 5], [3, 3]);
  test("gives one object a label, with properties that are measured when read", () => {
    const regions = regionprops(mask);
    expect(regions.map((region) => region.label)).toEqual([2, 5]);
    expect(regions[0]).toMatchObject({ area: 4, bbox: [0, 1, 2, 3], centroid: [0.5, 1.5], extent: 1 });
  });
  test("reads an intensity property only with an image", () => {
    expect(() => regionprops(mask)[0].intensity_mean).toThrow("use { image: image }");
    expect(regionprops(mask, { image: mask })[0].intensity_mean).toBe(2);
  });
});

describe("wrong input is named, with the correction", () => {
  const mask = integers([0, 1, 1, 0], [2, 2]);
  test.each([
    [() => regionpropsTable(mask, { properties: ["aera"] }), "did you mean area?"],
    [() => regionpropsTable(mask, { properties: ["volume"] }), "did you mean area?"],
    [() => regionpropsTable(mask, { properties: ["mean"] }), "did you mean intensity_mean?"],
    [() => regionpropsTable(mask, { properties: [] }), 'use ["label","area"]'],
    [() => regionpropsTable(mask.astype("float32")), 'use mask.astype("uint16")'],
    [() => regionpropsTable(mask.multiply(0.5)), "use label(image.greater(thresholdOtsu(image)))"],
    [() => findBoundaries(mask.multiply(0.5)), "use label(image.greater(thresholdOtsu(image)))"],
    [() => matching(mask, mask.expandDims(0)), "got [2, 2] and [1, 2, 2]; use prediction.at(0)"],
    [() => matching(mask.expandDims(0), mask), "got [1, 2, 2] and [2, 2]; use truth.at(0)"],
    [() => matching(mask, mask.expandDims(2)), /got \[2, 2\] and \[2, 2, 1\]$/],
    [() => regionpropsTable(mask.greater(0)), "use label(mask)"],
    [() => regionpropsTable(mask.reshape([4])), "the axes must be [y, x] or [z, y, x], got shape [4]"],
    [() => regionpropsTable(mask, { image: zeros([3, 2]) }), "the image must have the labels' shape [2, 2]"],
    [() => regionpropsTable(mask, { properties: ["intensity_mean"] }), "use { image: image }"],
    [() => regionpropsTable(mask, { spacing: [1, 0] }), "spacing must be 2 numbers above 0, got [1, 0]"],
    [
      () => regionpropsTable(mask.expandDims(0), { properties: ["perimeter"] }),
      "the labels must be 2-D, got 3-D ones; use mask.at(0)",
    ],
    [() => regionpropsTable(mask, { spacing: [1, 2], properties: ["perimeter"] }), "equal along all axes"],
  ])("%s", (work, message) => {
    expect(work).toThrow(message);
  });
});

test("regionpropsTable() of an empty mask has the columns and no rows", () => {
  const table = regionpropsTable(zeros([4, 4], "uint16"), {
    properties: ["label", "centroid", "eccentricity"],
  });
  expect(table.columnNames).toEqual(["label", "centroid-0", "centroid-1", "eccentricity"]);
  expect(table.rowCount).toBe(0);
});

test("regionpropsTable() keeps the former spelling of a property as its column", () => {
  const table = regionpropsTable(integers([1, 1, 0, 0], [2, 2]), {
    properties: ["equivalent_diameter", "major_axis_length"],
  });
  expect(table.columnNames).toEqual(["equivalent_diameter", "major_axis_length"]);
});

test("relabelSequential() closes gaps in ascending order", () => {
  expect(list(relabelSequential(integers([7, 0, 3, -1], [2, 2])))).toEqual([2, 0, 1, 0]);
});

test("relabelSequential() takes the labels that others refuse, and no other axes than they", () => {
  const wide = ndarray(new Uint32Array([2 ** 32 - 1, 0, 2 ** 31, 5]), [2, 2]);
  expect(() => regionpropsTable(wide)).toThrow("got 4294967295; use relabelSequential(mask)");
  expect(list(relabelSequential(wide))).toEqual([3, 0, 2, 1]);
  const ids = ndarray(new BigInt64Array([2n ** 62n, -1n, 7n, 0n]), [2, 2]);
  expect(list(relabelSequential(ids))).toEqual([2, 0, 1, 0]);
  for (const labels of [wide, ids]) {
    expect(() => relabelSequential(labels.flatten())).toThrow(
      new RangeError("Cannot relabel: the axes must be [y, x] or [z, y, x], got shape [4]"),
    );
  }
});

test("labelToRgb() paints scikit-image's colours over the image", () => {
  const painted = labelToRgb(integers([0, 1, 2, 0], [2, 2]), {
    image: integers([0, 100, 0, 100], [2, 2]),
    alpha: 0.5,
  });
  expect(painted.toArray()).toEqual([
    [
      [0, 0, 0],
      [255, 128, 128],
    ],
    [
      [0, 0, 128],
      [128, 128, 128],
    ],
  ]);
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { NdArray, ndarray, zeros } from "@bioengine/ndarray";
import { describe, expect, test } from "vitest";
import { regionprops, regionpropsTable } from "../src/index";

const cases = JSON.parse(readFileSync(join(__dirname, "fixtures/parity.json"), "utf8"));

/** Numbers however deeply nested, in order; scikit-image's booleans are numbers in the file. */
const flat = (value: unknown): (number | null)[] => {
  if (value instanceof NdArray) return Array.from(value.data as ArrayLike<number>);
  return [value].flat(9) as (number | null)[];
};

describe("regionprops() gives scikit-image's numbers and images of hard masks", () => {
  for (const { name, shape, labels, image, spacing, numbers, images } of cases) {
    test(name, () => {
      const regions = regionprops(ndarray(Int32Array.from(labels), shape), {
        image: ndarray(Float64Array.from(image), shape),
        ...(spacing ? { spacing } : {}),
      });
      expect(regions.map((region) => region.label)).toEqual(flat(numbers.label));
      for (const [property, expected] of Object.entries<unknown[]>({ ...numbers, ...images })) {
        // Third-order terms are noise next to the largest of their property; so are first-order ones, which are 0.
        const largest = Math.max(...flat(expected).map((value) => Math.abs(value ?? 0)));
        regions.forEach((region, row) => {
          const found = flat(region[property as "label"]);
          const values = flat(expected[row]);
          expect(found.length, `${property} of region ${row}`).toBe(values.length);
          // The longest axis of a region as wide as it is high has no direction.
          if (property === "orientation" && region.eccentricity < 1e-4) return;
          values.forEach((value, at) => {
            const number = found[at] ?? Number.NaN;
            const isEqual =
              value === null
                ? !Number.isFinite(number)
                : Math.abs(number - value) <= 1e-9 * Math.max(1e-3, largest);
            expect(isEqual, `${property}[${at}] of region ${row}: ${number} for ${value}`).toBe(true);
          });
        });
      }
    });
  }
});

describe("regionprops()", () => {
  const mask = ndarray(Int32Array.of(0, 1, 1, 0, 1, 0, 0, 0, 2), [3, 3]);
  test("gives images as arrays of the box, and the box as ranges for slice", () => {
    const [region] = regionprops(mask);
    expect([region.image.dtype, region.image.shape]).toEqual(["bool", [2, 2]]);
    expect(region.image.astype("uint8").toArray()).toEqual([
      [1, 1],
      [1, 0],
    ]);
    expect(mask.slice(...region.slice).toArray()).toEqual([
      [1, 1],
      [1, 0],
    ]);
  });
});

test("a region with two equal axes has eccentricity 0, whatever rounding makes of them", () => {
  const plus = ndarray(Uint8Array.of(0, 1, 0, 1, 1, 1, 0, 1, 0), [3, 3]);
  const [region] = regionprops(plus);
  expect(region.eccentricity).toBe(0);
  expect(region.axis_minor_length).toBe(region.axis_major_length);
});

test("values that aren't finite spoil the intensities of their region, and weighted moments of their box", () => {
  const labels = ndarray(Int32Array.of(1, 1, 2, 2, 0, 1, 0, 2, 3, 3, 0, 0), [3, 4]);
  const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
  const values = Float64Array.of(1, 2, nan, 5, nan, 3, 0, 6, infinity, -infinity, 0, 0);
  const image = ndarray(values, [3, 4]);
  const found = regionprops(labels, { image }).map((region) => [
    ...[region.intensity_mean, region.intensity_min, region.intensity_max, region.intensity_median],
    ...[region.intensity_std, region.centroid_weighted[0]],
  ]);
  expect(found).toEqual([
    [2, 1, 3, 2, Math.sqrt(2 / 3), nan],
    [nan, nan, nan, nan, nan, nan],
    [nan, -infinity, infinity, nan, nan, nan],
  ]);
});

test("regionpropsTable() of no regions has the columns of channels and extra properties too", () => {
  const table = regionpropsTable(zeros([4, 4], "uint8"), {
    image: zeros([4, 4, 2], "uint8"),
    properties: ["label", "intensity_mean"],
    extraProperties: { range: (_, values) => [Number(values.min()), Number(values.max())] },
  });
  expect(table.columnNames).toEqual([
    ...["label", "intensity_mean-0", "intensity_mean-1"],
    ...["range-0-0", "range-0-1", "range-1-0", "range-1-1"],
  ]);
  expect(table.rowCount).toBe(0);
});

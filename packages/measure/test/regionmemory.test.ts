import { ndarray } from "@bioengine/ndarray";
import { describe, expect, test } from "vitest";
import { regionprops, regionpropsTable } from "../src/index";

const SIDE = 1100;

/** A square of label 1 and a row of label 2 below it, on an image of columns' numbers. */
function fields() {
  const shape = [SIDE + 1, SIDE];
  const labels = Int32Array.from({ length: SIDE * (SIDE + 1) }, (_, at) => (at < SIDE * SIDE ? 1 : 2));
  const image = Uint16Array.from(labels, (_, at) => at % SIDE);
  return { labels: ndarray(labels, shape), image: ndarray(image, shape) };
}

describe("regionpropsTable()", () => {
  test("measures regions larger than the memory that is kept, and small ones after them", () => {
    const { labels, image } = fields();
    const table = regionpropsTable(labels, {
      image,
      properties: [
        ...["intensity_mean", "perimeter", "intensity_std", "euler_number", "intensity_median"],
        ...["intensity_min", "intensity_max", "centroid_weighted"],
      ],
    });
    const deviation = Math.sqrt((SIDE * SIDE - 1) / 12);
    const both = {
      intensity_mean: (SIDE - 1) / 2,
      intensity_std: deviation,
      intensity_median: (SIDE - 1) / 2,
      intensity_min: 0,
      intensity_max: SIDE - 1,
      euler_number: 1,
      "centroid_weighted-1": (2 * SIDE - 1) / 3,
    };
    for (const [name, number] of Object.entries(both)) {
      expect(table.column(name)[0], name).toBeCloseTo(number, 9);
      expect(table.column(name)[1], name).toBeCloseTo(number, 9);
    }
    expect([...table.column("perimeter")]).toEqual([4 * (SIDE - 1), SIDE - 2]);
    expect([...table.column("centroid_weighted-0")]).toEqual([(SIDE - 1) / 2, SIDE]);
  });
});

describe("regionprops()", () => {
  test("measures regions of two images in turn", () => {
    const labels = ndarray(Int32Array.of(1, 1, 2, 2), [1, 4]);
    const first = regionprops(labels, { image: ndarray(Uint8Array.of(1, 3, 5, 9), [1, 4]) });
    const second = regionprops(labels, { image: ndarray(Uint8Array.of(2, 2, 4, 8), [1, 4]) });
    expect(first.map((region, index) => [region.intensity_mean, second[index].intensity_mean])).toEqual([
      [2, 2],
      [7, 6],
    ]);
    expect([first[0].intensity_std, second[1].intensity_std, first[1].intensity_std]).toEqual([1, 2, 2]);
    expect([first[0].intensity_median, second[0].intensity_median]).toEqual([2, 2]);
    expect(first[1].centroid_weighted[1]).toBeCloseTo((2 * 5 + 3 * 9) / 14, 12);
    expect(second[1].centroid_weighted[1]).toBeCloseTo((2 * 4 + 3 * 8) / 12, 12);
  });
});

import { type NdArray, ndarray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { labelImage } from "../src/labelimage";
import { sumRegions } from "../src/regions/regionsums";
import { labelRuns } from "../src/runs";
import { random } from "./random";

interface Sums {
  readonly sums: number[];
  readonly box: number[];
}

/** Pixel by pixel. */
function walked(values: readonly number[], [depth, height, width]: number[]): [number, Sums][] {
  const found = new Map<number, Sums>();
  values.forEach((label, pixel) => {
    if (label <= 0) return;
    const [z, y, x] = [
      Math.floor(pixel / (height * width)),
      Math.floor(pixel / width) % height,
      pixel % width,
    ];
    const known = found.get(label) ?? { sums: [0, 0, 0, 0], box: [depth, height, width, 0, 0, 0] };
    found.set(label, known);
    [1, z, y, x].forEach((value, index) => {
      known.sums[index] += value;
    });
    [z, y, x].forEach((value, axis) => {
      known.box[axis] = Math.min(known.box[axis], value);
      known.box[axis + 3] = Math.max(known.box[axis + 3], value + 1);
    });
  });
  return [...found].sort(([label], [other]) => label - other);
}

function summed(image: NdArray): [number, Sums][] {
  const checked = labelImage(image, "sum up");
  const { labels, sums, boxes } = sumRegions(labelRuns(checked, "sum up"), checked);
  return Array.from(labels, (label, rank): [number, Sums] => [
    label,
    {
      sums: [...sums.subarray(4 * rank, 4 * (rank + 1))],
      box: [...boxes.subarray(6 * rank, 6 * (rank + 1))],
    },
  ]);
}

test.each([
  ["a plane", [1, 60, 70], 20, 1],
  ["planes", [7, 20, 30], 20, 1],
  ["planes of one row", [40, 1, 30], 5, 1],
  ["labels far apart", [3, 30, 40], 20, 100_000_000],
  ["more labels than are kept room for", [1, 300, 300], 80_000, 1],
  ["more runs in a row than are summed up at a time", [1, 3, 20_000], 50, 1],
  ["rows of a million pixels", [1, 2, 1_000_000], 3, 500],
  ["more rows than are summed up at a time", [2, 9_000, 3], 9, 1],
])("sumRegions() finds in %s what a walk over the pixels does", (_, shape, count, step) => {
  const next = random(count);
  for (const stay of [0.3, 0.95]) {
    let value = 0;
    const values = Array.from({ length: shape[0] * shape[1] * shape[2] }, () => {
      // From -2 to `count`.
      if (next() >= stay) value = step * (Math.floor(next() * (count + 3)) - 2);
      return value;
    });
    const image = ndarray(values, shape, { dtype: "int32" });
    expect(summed(image), `stay ${stay}`).toEqual(walked(values, shape));
  }
});

test("sumRegions() finds nothing in an image without labels", () => {
  for (const shape of [
    [0, 3],
    [3, 0],
    [4, 4],
  ]) {
    expect(summed(ndarray(new Array(shape[0] * shape[1]).fill(0), shape, { dtype: "int32" }))).toEqual([]);
  }
});

import { type DType, ndarray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { integerImage } from "../src/labelimage";
import { RUN, scanRuns } from "../src/runs";
import { random } from "./random";

type Run = readonly [value: number, first: number, end: number];

/** Pixel by pixel. */
function runsOf(row: readonly number[]): Run[] {
  const edges = row.flatMap((value, x) => (x === 0 || value !== row[x - 1] ? [x] : []));
  return edges
    .map((first, index): Run => [row[first], first, edges[index + 1] ?? row.length])
    .filter(([value]) => value !== 0);
}

function scanned(rows: readonly (readonly number[])[], dtype: DType): Run[][] {
  const image = ndarray(rows.flat(), [rows.length, rows[0].length], { dtype });
  const { table, rowStart, count } = scanRuns(integerImage(image, "scan", ""));
  expect(rowStart[rows.length]).toBe(count);
  return rows.map((_, row) =>
    Array.from({ length: rowStart[row + 1] - rowStart[row] }, (_, run): Run => {
      const at = RUN * (rowStart[row] + run);
      return [table[at], table[at + 1], table[at + 2]];
    }),
  );
}

const values: Partial<Record<DType, readonly number[]>> = {
  bool: [0, 1],
  uint8: [0, 1, 128, 255],
  int8: [0, 1, -128, 127],
  uint16: [0, 1, 256, 65535],
  int16: [0, 1, -32768, 256],
  uint32: [0, 1, 65536, 2 ** 31 - 1],
  int32: [0, 1, -(2 ** 31), 65536],
  int64: [0, 1, -(2 ** 31), 65536],
};

test.each(Object.entries(values))("scanRuns() finds what a walk over the pixels does in %s", (dtype, few) => {
  const next = random(3);
  for (let width = 1; width < 70; width++) {
    const rows = Array.from({ length: 5 }, () => {
      const stay = next();
      let value = 0;
      return Array.from({ length: width }, () => {
        if (next() >= stay) value = few[Math.floor(next() * few.length)];
        return value;
      });
    });
    expect(scanned(rows, dtype as DType), `width ${width}`).toEqual(rows.map(runsOf));
  }
});

test.each([
  [1, 70_000],
  [70_000, 1],
  [7, 20_000],
  [3, 65_537],
])("scanRuns() goes on from one part of an image of %i × %i to the next", (height, width) => {
  const next = random(height);
  const rows = Array.from({ length: height }, () =>
    Array.from({ length: width }, () => Math.floor(next() * 3)),
  );
  expect(scanned(rows, "int32")).toEqual(rows.map(runsOf));
});

test("scanRuns() finds nothing in an image without pixels", () => {
  for (const shape of [
    [0, 3],
    [3, 0],
  ]) {
    const { table, rowStart, count } = scanRuns(
      integerImage(ndarray([], shape, { dtype: "int32" }), "scan", ""),
    );
    expect([table.length * count, [...rowStart]]).toEqual([0, new Array(shape[0] + 1).fill(0)]);
  }
});

import { expect, test } from "vitest";
import { columnNumbers } from "../src/table/columnnumbers";
import { columnStatistics } from "../src/table/columnstatistics";

test("columnStatistics() of an even number of values, some not finite", () => {
  const values = columnNumbers({ dtype: "float64", values: [4, null, 1, "Infinity", 10, 2] });
  expect(columnStatistics(values, [0, 1, 2, 3, 4, 5])).toEqual({
    count: 4,
    missing: 2,
    min: 1,
    median: 3,
    mean: 4.25,
    max: 10,
  });
});

test("columnStatistics() of some records only", () => {
  const { count, median } = columnStatistics(new Float64Array([4, 8, 1]), [0, 1, 1]);
  expect([count, median]).toEqual([3, 8]);
});

test("columnStatistics() of no values has no numbers", () => {
  const { count, missing, min, median, mean, max } = columnStatistics(new Float64Array([Number.NaN]), [0]);
  expect([count, missing]).toEqual([0, 1]);
  expect([min, median, mean, max]).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
});

import { expect, test } from "vitest";
import { boxplotBundle } from "../src/index";

const vega = "application/vnd.vegalite.v5+json";

interface Spec {
  data: { values: Record<string, number | string>[] };
  layer: {
    data?: { values: { group: string; value: number; at: number }[] };
    encoding: { x: { scale: { domain: number[] }; axis: { labelExpr: string } } };
  }[];
}

const specOf = (...values: Parameters<typeof boxplotBundle>): Spec =>
  JSON.parse(JSON.stringify(boxplotBundle(...values).data[vega]));
const textOf = (...values: Parameters<typeof boxplotBundle>) =>
  String(boxplotBundle(...values).data["text/plain"]);

const values = [3, 1, 2, 50, 4, 5, 6, 7, 8, 9];

test("boxplotBundle() has the box and whiskers of matplotlib", () => {
  // matplotlib.cbook.boxplot_stats(values): q1 3.25, med 5.5, q3 7.75, whislo 1, whishi 9, fliers [50]
  expect(textOf(values, { yLabel: "area (px)", title: "Cells" })).toBe(
    "Cells\nBox plot of area (px): 10 values\n" +
      "10 values, whiskers 1 to 9, 25% 3.25, median 5.5, 75% 7.75, 1 outlier",
  );
  expect(specOf(values).data.values).toEqual([
    {
      group: "",
      count: 10,
      at: 0,
      left: -0.3,
      right: 0.3,
      low: 1,
      q25: 3.25,
      median: 5.5,
      q75: 7.75,
      high: 9,
    },
  ]);
});

test("boxplotBundle() has a box for each group with values: texts as they come, numbers by size", () => {
  const text = textOf([1, 2, 3, null, 5], { groups: ["b", "a", "b", "c", null], xLabel: "plate" });
  expect(text.split("\n").map((line) => line.split(",")[0])).toEqual([
    "Box plot of value by plate: 3 values",
    "b: 2 values",
    "a: 1 value",
  ]);
  const ordered = textOf([1, 2, 3], { groups: Int32Array.of(10, 9, 10) });
  expect(ordered.split("\n").map((line) => line.slice(0, 3))).toEqual(["Box", "9: ", "10:"]);
  const { layer } = specOf([1, 2, 3], { groups: ['"a"', "b", "b"] });
  expect(layer[0]!.encoding.x.axis.labelExpr).toBe('["\\"a\\"","b"][datum.value]');
  expect(layer[0]!.encoding.x.scale.domain).toEqual([-0.5, 1.5]);
});

test("boxplotBundle() has a dot for each value of a small group, beside its line, and of a large one for outliers", () => {
  const small = specOf(values).layer[0]!.data!.values;
  expect(small.map(({ value }) => value)).toEqual([...values].sort((a, b) => a - b));
  for (const { at } of small) expect(Math.abs(at)).toBeLessThanOrEqual(0.15);
  const large = [...Array.from({ length: 400 }, (_, i) => i % 10), 1000, -1000];
  expect(specOf(large).layer[0]!.data!.values.map(({ value }) => value)).toEqual([-1000, 1000]);
  const svg = String(boxplotBundle(values).data["image/svg+xml"]);
  expect([...svg.matchAll(/<circle /g)].length).toBe(10);
});

test.each([
  [[], {}, "there must be 1 to 30 groups with values, got 0"],
  [
    Array.from({ length: 31 }, (_, i) => i),
    { groups: Array.from({ length: 31 }, (_, i) => i) },
    "got 31; is it a column of numbers rather than of groups?",
  ],
  [[1, "2"], {}, "values must be finite numbers, got 2 at index 1"],
  [
    [[1, 2], new Float64Array(119)],
    {},
    "values must be finite numbers, got a list of 2 at index 0; join lists by [...first, ...second]",
  ],
  [[1, new Float64Array(119)], {}, "got a list of 119 at index 1; join lists by [...first, ...second]"],
  [["a".repeat(119)], {}, `got ${"a".repeat(40)}… at index 0`],
  [[{ area: 1 }], {}, "got an object of class Object at index 0"],
  [[1], { groups: [] }, "groups must have one for each of the 1 values, got 0"],
  [[1], { by: ["a"] }, "options must be among groups, xLabel, yLabel, title, got by"],
])("boxplotBundle() refuses: %#", (some, options, message) => {
  expect(() => boxplotBundle(some as never, options as never)).toThrow("Cannot make a box plot: ");
  expect(() => boxplotBundle(some as never, options as never)).toThrow(message);
});

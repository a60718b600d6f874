import { ndarray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { scatterBundle } from "../src/index";
import { decodeImage } from "./decode";

const vega = "application/vnd.vegalite.v5+json";
const x = [1, 2, 3, 4, 5, null, 7];
const y = [2, 4, 5, 4, 5, 6, Number.NaN];
const groups = ["a", "b", "a", "b", "a", "b", "a"];

interface Spec {
  data: { values: { x: number; y: number; group?: string }[] };
  encoding: {
    x: { title: string; scale: { domain: number[] } };
    color?: { scale: { domain: string[]; range: string[] } };
  };
}

const specOf = (...values: Parameters<typeof scatterBundle>): Spec =>
  JSON.parse(JSON.stringify(scatterBundle(...values).data[vega]));
const textOf = (...values: Parameters<typeof scatterBundle>) =>
  String(scatterBundle(...values).data["text/plain"]);
const dots = (svg: unknown) =>
  [...String(svg).matchAll(/<circle cx="(.+?)" cy="(.+?)" r="2.5" fill="(.+?)"/g)].map(
    ([, cx, cy, fill]) => [Number(cx), Number(cy), fill] as const,
  );

test("scatterBundle() tells the points' correlation and line, as scipy.stats.linregress has them", () => {
  // linregress([1, 2, 3, 4, 5], [2, 4, 5, 4, 5])
  expect(textOf(x, y, { xLabel: "area (px)", title: "Cells" })).toBe(
    [
      "Cells",
      "Scatter plot: 5 points",
      "x = area (px): 1 to 5",
      "y: 2 to 5",
      "5 points, Pearson r 0.7746 (p 0.124), line y = 0.6 x + 2.2",
    ].join("\n"),
  );
  expect(textOf([1, 1, 1], [1, 2, 3])).toMatch(/\n3 points$/);
  expect(textOf([], [])).toBe("Scatter plot: 0 points\nx\ny\n0 points");
});

test("scatterBundle() draws each point with both numbers, in chart and pictures", async () => {
  const spec = specOf(x, y, { xLabel: "area" });
  expect(spec.data.values).toEqual([1, 2, 3, 4, 5].map((value, i) => ({ x: value, y: y[i] })));
  expect(spec.encoding.x.title).toBe("area");
  expect(spec.encoding.x.scale.domain).toEqual([0.8, 5.2]);
  const { data, metadata } = scatterBundle(x, y);
  const drawn = dots(data["image/svg+xml"]);
  expect(drawn.length).toBe(5);
  // To the right, and upwards.
  for (let i = 1; i < 5; i++) expect(drawn[i]![0]).toBeGreaterThan(drawn[i - 1]![0]);
  expect(drawn[1]![1]).toBe(drawn[3]![1]);
  expect(drawn[2]![1]).toBeLessThan(drawn[0]![1]);
  const size = metadata["image/png"] as { width: number; height: number };
  expect(await decodeImage(String(data["image/png"]))).toMatchObject({
    width: 2 * size.width,
    height: 2 * size.height,
  });
});

test("scatterBundle() tells groups apart", () => {
  const { encoding, data } = specOf(x, y, { groups: groups });
  expect(encoding.color?.scale).toEqual({ domain: ["a", "b"], range: ["#0072b2", "#d55e00"] });
  expect(data.values.map(({ group }) => group)).toEqual(["a", "a", "a", "b", "b"]);
  const svg = scatterBundle(x, y, { groups: groups }).data["image/svg+xml"];
  expect(dots(svg).map(([, , fill]) => fill)).toEqual([
    ...["#0072b2", "#0072b2", "#0072b2"],
    ...["#d55e00", "#d55e00"],
  ]);
  expect(textOf(x, y, { groups: groups })).toMatch(/\na: 3 points, Pearson r .*\nb: 2 points$/);
});

test("scatterBundle() draws a regular sample of many points, and says so", () => {
  const many = Float64Array.from({ length: 10_000 }, (_, i) => i);
  const { length } = specOf(ndarray(many, [100, 100]), many).data.values;
  expect(length).toBe(3334);
  expect(textOf(many, many)).toContain("Scatter plot: 10000 points, 3334 of them drawn\nx: 0 to 9999");
});

test.each([
  [[1, 2], [1], {}, "x and y must have equally many values, got 2 and 1"],
  [[1, "2"], [1, 2], {}, "values must be finite numbers, got 2 at index 1"],
  [[1], [Number.POSITIVE_INFINITY], {}, "got Infinity at index 0"],
  ["x", [1], {}, 'values must be an NdArray or a column such as table.column("area")'],
  [[1], [1], { groups: ["a", "b"] }, "groups must have one for each of the 1 values, got 2"],
  [[1], [1], { groups: "a" }, 'groups must be a column such as table.column("condition")'],
  [[1], [1], { x_label: "area" }, "got x_label; write { xLabel: … }"],
  [
    [1, 2, 3, 4, 5, 6, 7],
    [1, 2, 3, 4, 5, 6, 7],
    { groups: [1, 2, 3, 4, 5, 6, 7] },
    "groups must be at most 6, got 7; use boxplot(values, { groups })",
  ],
])("scatterBundle() refuses: %#", (xs, ys, options, message) => {
  expect(() => scatterBundle(xs as never, ys as never, options as never)).toThrow(
    `Cannot make a scatter plot: `,
  );
  expect(() => scatterBundle(xs as never, ys as never, options as never)).toThrow(message);
});

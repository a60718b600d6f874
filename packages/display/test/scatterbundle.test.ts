import { ndarray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { scatterBundle } from "../src/index";
import { decodeImage } from "./decode";

const vega = "application/vnd.vegalite.v5+json";
const x = [1, 2, 3, 4, 5, null, 7];
const y = [2, 4, 5, 4, 5, 6, Number.NaN];
const groups = ["a", "b", "a", "b", "a", "b", "a"];

interface Spec {
  title?: { text: string; subtitle?: string };
  data: { values: { x: number; y: number; group?: string }[] };
  layer: [object, { data: { values: { x: number; y: number; x2: number; y2: number; group?: string }[] } }];
  encoding: {
    x: { title: string; scale: { domain: number[] } };
    color?: { scale: { domain: string[]; range: string[] }; legend: { labelExpr: string } };
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

const linesOf = (svg: unknown) =>
  [...String(svg).matchAll(/<path d="M(.+?),(.+?)L(.+?),(.+?)" stroke="(.+?)" stroke-width="2"/g)].map(
    ([, ...ends]) => ends.map((end) => Number(end) || end),
  );

test("scatterBundle() draws the line through the points, and writes its correlation above", () => {
  // linregress as above, from x = 1 to where y = 5.15, the top of the axis.
  const spec = specOf(x, y);
  expect(spec.layer[1].data.values).toEqual([
    { x: 1, y: 2.8, x2: 4.91667, y2: 5.15, line: "y = 0.6 x + 2.2", r: 0.774597, p: 0.124027 },
  ]);
  const told = "Pearson r 0.7746 (p 0.124), line y = 0.6 x + 2.2";
  expect(spec.title?.text).toBe(told);
  expect(specOf(x, y, { title: "Cells" }).title).toMatchObject({ text: "Cells", subtitle: told });
  const svg = scatterBundle(x, y).data["image/svg+xml"];
  expect(svg).toContain(`>${told}</text>`);
  // Where the dots of x = 1, y = 2 and x = 5, y = 5 say that these places are; written to 0.1 pixels.
  const drawn = dots(svg);
  const placeOf = (value: number, axis: 0 | 1, [low, high]: number[]) =>
    drawn[0]![axis] + ((value - low!) / (high! - low!)) * (drawn[4]![axis] - drawn[0]![axis]);
  const places = [1, 2.8, 4.91667, 5.15].map((value, i) =>
    i % 2 ? placeOf(value, 1, [2, 5]) : placeOf(value, 0, [1, 5]),
  );
  const [line] = linesOf(svg);
  for (const [i, place] of places.entries()) expect(Number(line![i])).toBeCloseTo(place, 0);
});

test("scatterBundle() ends a line where it leaves the chart", () => {
  // linregress: y = 9/35 x - 0.4, below the lowest -0.05 at x = 1 and above 1.05 at x = 6.
  const [line] = specOf([1, 2, 3, 4, 5, 6], [0, 0, 0, 1, 1, 1]).layer[1].data.values;
  expect(line).toMatchObject({ x: 1.36111, y: -0.05, x2: 5.63889, y2: 1.05 });
});

test("scatterBundle() draws the lines of those groups that have one", () => {
  const spec = specOf(x, y, { groups: groups });
  // linregress([1, 3, 5], [2, 5, 5]): y = 0.75 x + 1.75
  expect(spec.layer[1].data.values).toMatchObject([{ group: "a", x: 1, y: 2.5, x2: 4.53333, y2: 5.15 }]);
  expect(spec.title).toBeUndefined();
  expect(spec.encoding.color?.legend.labelExpr).toBe('["a: r 0.866 (p 0.3333)","b"][datum.index]');
  const svg = scatterBundle(x, y, { groups: groups }).data["image/svg+xml"];
  expect(linesOf(svg).map((line) => line.at(-1))).toEqual(["#0072b2"]);
  expect(svg).toContain(">a: r 0.866 (p 0.3333)</text>");
  expect(specOf([1, 1, 1], [1, 2, 3]).layer[1].data.values).toEqual([]);
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
  [[1], [1], { x_label: "area" }, 'got x_label; use scatter(…, { xLabel: "area" })'],
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

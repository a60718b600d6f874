import { ndarray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { histogramBundle } from "../src/index";

const vega = "application/vnd.vegalite.v5+json";

interface Spec {
  $schema: string;
  title?: { text: string };
  data: { values: { start: number; end: number; count: number }[] };
  encoding: { x: { title: string } };
}

function specOf(...values: Parameters<typeof histogramBundle>): Spec {
  return JSON.parse(JSON.stringify(histogramBundle(...values).data[vega]));
}

const bars = (spec: Spec) => spec.data.values.map(({ start, end, count }) => [start, end, count]);

test("histogramBundle() has a chart, a picture and text", () => {
  const { data } = histogramBundle([1, 2, 2, 3, 3, 3], { xLabel: "area (px)", title: "Nuclei" });
  expect(Object.keys(data)).toEqual([vega, "image/svg+xml", "image/png", "text/plain"]);
  const spec = specOf([1, 2, 2, 3, 3, 3], { xLabel: "area (px)", title: "Nuclei" });
  expect(spec).toMatchObject({
    $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    title: { text: "Nuclei" },
    encoding: { x: { title: "area (px)" } },
  });
  expect(data["text/plain"]).toBe(
    "Nuclei\nHistogram of area (px): 6 values\nmin 1, 25% 2, median 2.5, 75% 3, max 3\n1 to 2: 1, 2 to 3: 2, 3 to 4: 3",
  );
});

test("histogramBundle() with bins counts as numpy.histogram does", () => {
  // numpy.histogram([0, 1, 2, 3, 4, 4], 4): the last bin holds its right edge too.
  expect(bars(specOf([0, 1, 2, 3, 4, 4], { bins: 4 }))).toEqual([
    [0, 1, 1],
    [1, 2, 1],
    [2, 3, 1],
    [3, 4, 3],
  ]);
  // numpy.histogram([5, 5], 2): a range of 1 around the only value.
  expect(bars(specOf([5, 5], { bins: 2 }))).toEqual([
    [4.5, 5, 0],
    [5, 5.5, 2],
  ]);
});

test("histogramBundle() tells each of up to 24 bins, of more a few together", () => {
  const values = Float64Array.from({ length: 500 }, (_, i) => i / 2);
  const told = (bins: number) =>
    [...String(histogramBundle(values, { bins }).data["text/plain"]).matchAll(/ to .+?: (\d+)/g)].map(
      ([, count]) => Number(count),
    );
  expect(told(20)).toEqual(Array(20).fill(25));
  expect(told(25)).toEqual([...Array(12).fill(40), 20]);
});

test("histogramBundle() chooses round bins that hold every value once", () => {
  let state = 3;
  const values = Array.from({ length: 1000 }, () => {
    state = (state * 48271) % 2147483647;
    return 0.1 + state / 2147483647;
  });
  const found = bars(specOf(values));
  expect(found.reduce((sum, [, , count]) => sum + count!, 0)).toBe(1000);
  expect(found.length).toBeGreaterThanOrEqual(5);
  expect(found.length).toBeLessThanOrEqual(51);
  for (const [start, end, count] of found) {
    expect(String(start).length).toBeLessThan(5);
    expect(count).toBe(values.filter((value) => value >= start! && value < end!).length);
  }
});

test("histogramBundle() gives integers bins of whole widths", () => {
  for (const [start, end] of bars(specOf(Int32Array.from({ length: 500 }, (_, i) => i % 9)))) {
    expect([start! % 1, end! % 1]).toEqual([0, 0]);
  }
});

test("histogramBundle() takes arrays of any shape and bigints, and leaves missing values out", () => {
  const text = (values: Parameters<typeof histogramBundle>[0]) =>
    String(histogramBundle(values).data["text/plain"]).split("\n")[0];
  expect(text(ndarray([1, 2, 3, 4], [2, 2]))).toBe("Histogram of value: 4 values");
  expect(text(BigInt64Array.of(1n, 2n))).toBe("Histogram of value: 2 values");
  expect(text([1, null, Number.NaN, undefined])).toBe("Histogram of value: 1 value");
  expect(text([])).toBe("Histogram of value: 0 values");
});

interface GroupedSpec {
  encoding: { color: { scale: { domain: string[]; range: string[] } } };
  layer: {
    data: { values: { group: string; start: number; end: number; count: number; at: number }[] };
    encoding: { y: { stack?: null } };
  }[];
}

const [sizes, kinds] = [
  [0, 1, 1, 3, 9, 2, 4, null, 3],
  ["a", "b", "a", "b", null, "a", "b", "a", "b"],
];

test("histogramBundle() counts groups in the same bins", () => {
  const { data } = histogramBundle(sizes!, { groups: kinds!, bins: 2, xLabel: "size" });
  // numpy.histogram(values, [0, 2, 4]) of 0, 1, 2 and of 1, 3, 4, 3; the 9 has no group.
  expect(data["text/plain"]).toBe(
    [
      "Histogram of size: 7 values",
      "a: 3 values, min 0, 25% 0.5, median 1, 75% 1.5, max 2",
      "0 to 2: 2, 2 to 4: 1",
      "b: 4 values, min 1, 25% 2.5, median 3, 75% 3.25, max 4",
      "0 to 2: 1, 2 to 4: 3",
    ].join("\n"),
  );
  const { layer, encoding }: GroupedSpec = JSON.parse(JSON.stringify(data[vega]));
  expect(encoding.color.scale).toEqual({ domain: ["a", "b"], range: ["#0072b2", "#d55e00"] });
  expect(layer[0]!.data.values.map(({ group, start, end, count }) => [group, start, end, count])).toEqual([
    ["a", 0, 2, 2],
    ["a", 2, 4, 1],
    ["b", 0, 2, 1],
    ["b", 2, 4, 3],
  ]);
  // Bars of groups stand on the axis, not on each other.
  expect(layer[0]!.encoding.y.stack).toBeNull();
});

test("histogramBundle() outlines the bars of each group from the axis to the axis", () => {
  const outlineOfB = [
    [0, 0],
    [0, 1],
    [2, 1],
    [2, 3],
    [4, 3],
    [4, 0],
  ];
  const { data } = histogramBundle(sizes!, { groups: kinds!, bins: 2 });
  const { layer }: GroupedSpec = JSON.parse(JSON.stringify(data[vega]));
  const ofB = layer[1]!.data.values.filter(({ group }) => group === "b");
  expect(ofB.map(({ at, count }) => [at, count])).toEqual(outlineOfB);
  const svg = String(data["image/svg+xml"]);
  const [, way] = /<path d="M(.+?)" stroke="#d55e00" stroke-width="2"/.exec(svg)!;
  const places = way!.split(/[L ]/).map((place) => place.split(",").map(Number));
  const [left, top, right, bottom] = [places[0]![0]!, places[3]![1]!, places[5]![0]!, places[0]![1]!];
  outlineOfB.forEach(([at, count], i) => {
    expect(places[i]![0]).toBeCloseTo(left + (at! / 4) * (right - left), 0);
    expect(places[i]![1]).toBeCloseTo(bottom - (count! / 3) * (bottom - top), 0);
  });
  expect(svg).toContain(">b</text>");
  expect(svg).not.toMatch(/<rect x/);
});

test("histogramBundle() names groups without values, and takes none", () => {
  const text = (groups: (string | null)[]) =>
    String(histogramBundle([1, null], { groups }).data["text/plain"]);
  expect(text(["a", "b"])).toMatch(/^b: 0 values$/m);
  expect(text([null, null])).toBe("Histogram of value: 0 values");
});

test.each([
  [[1, "2"], {}, "values must be finite numbers, got 2 at index 1"],
  [[Number.POSITIVE_INFINITY], {}, "got Infinity at index 0"],
  ["text", {}, "values must be an NdArray or a column such as table.column"],
  [[1], { bins: 0 }, "bins must be an integer from 1 to 1000, got 0"],
  [[1], { bins: 2.5 }, "got 2.5"],
  [[1], { groups: ["a", "b"] }, "groups must have one for each of the 1 values, got 2"],
  [
    [1, 2, 3, 4, 5, 6, 7],
    { groups: [1, 2, 3, 4, 5, 6, 7] },
    "groups must be at most 6, got 7; use boxplot(values, { groups })",
  ],
  [[1], { x_label: "area" }, 'got x_label; use histogram(…, { xLabel: "area" })'],
])("histogramBundle() refuses: %#", (values, options, message) => {
  expect(() => histogramBundle(values as never, options as never)).toThrow(message);
});

test("the SVG escapes text and stays inside its frame", () => {
  const values = Array.from({ length: 200 }, (_, i) => 1e6 * Math.sin(i));
  const svg = String(histogramBundle(values, { xLabel: "a < b & c", title: '"T"' }).data["image/svg+xml"]);
  expect(svg).toContain("a &lt; b &amp; c");
  expect(svg).toContain('aria-label="&quot;T&quot; Histogram of a &lt; b &amp; c: 200 values');
  for (const [, x, y, width, height] of svg.matchAll(
    /<rect x="(.+?)" y="(.+?)" width="(.+?)" height="(.+?)"/g,
  )) {
    expect(Number(x)).toBeGreaterThanOrEqual(0);
    expect(Number(x) + Number(width)).toBeLessThanOrEqual(480);
    expect(Number(y)).toBeGreaterThanOrEqual(0);
    expect(Number(y) + Number(height)).toBeLessThanOrEqual(340);
  }
});

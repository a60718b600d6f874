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

test.each([
  [[1, "2"], {}, "values must be finite numbers, got 2 at index 1"],
  [[Number.POSITIVE_INFINITY], {}, "got Infinity at index 0"],
  ["text", {}, "values must be an NdArray or a column such as table.column"],
  [[1], { bins: 0 }, "bins must be an integer from 1 to 1000, got 0"],
  [[1], { bins: 2.5 }, "got 2.5"],
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

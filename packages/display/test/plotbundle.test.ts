import { ndarray, Table } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { plotBundle } from "../src/index";
import { decodeImage } from "./decode";

const vega = "application/vnd.vegalite.v5+json";

interface Point {
  x: number;
  y: number;
  group?: string;
  run: number;
  isAlone?: boolean;
}
interface Lines {
  data: { values: Point[] };
  encoding: { color?: { scale: { domain: string[]; range: string[] } } };
}
interface Spec {
  layer: Lines[];
  encoding: Record<"x" | "y", { title: string; scale: { domain: number[] } }>;
}

const specOf = (...values: Parameters<typeof plotBundle>): Spec =>
  JSON.parse(JSON.stringify(plotBundle(...values).data[vega]));
const textOf = (...values: Parameters<typeof plotBundle>) => String(plotBundle(...values).data["text/plain"]);
const svgOf = (...values: Parameters<typeof plotBundle>) =>
  String(plotBundle(...values).data["image/svg+xml"]);
/** Lines of a colour and width, each as its points. */
const pathsOf = (svg: string, stroke: string, width: number) =>
  [...svg.matchAll(new RegExp(`<path d="M(.+?)" stroke="${stroke}" stroke-width="${width}"`, "g"))].map(
    ([, way]) => way!.split(/[L ]/).map((place) => place.split(",").map(Number)),
  );
const runsOf = ({ data }: Lines) => {
  const runs: number[][][] = [];
  for (const { run, x, y } of data.values) {
    runs[run] ??= [];
    runs[run].push([x, y]);
  }
  return runs;
};

/** Three frames of two tracks, the rows of the second before the first's. */
const tracks = new Table(
  { label: [2, 2, 2, 1, 1, 1], frame: [2, 0, 1, 0, 1, 2], area: [5, 1, 3, 2, 4, 9] },
  { units: { area: "µm²" } },
);
const [frame, area, label] = ["frame", "area", "label"].map((name) => tracks.column(name));

test("plotBundle() draws a line for each group from left to right, and tells its ends and extremes", () => {
  const values = [frame!, area!, { groups: label!, title: "Growth" }] as const;
  expect(textOf(...values)).toBe(
    [
      "Growth",
      "Line plot: 2 lines, 6 points",
      "x = frame: 0 to 2",
      "y = area (µm²): 1 to 9",
      "1: 3 points, first 2, last 9, min 2, max 9",
      "2: 3 points, first 1, last 5, min 1, max 5",
    ].join("\n"),
  );
  const { layer, encoding } = specOf(...values);
  expect(layer.length).toBe(1);
  expect(runsOf(layer[0]!)).toEqual([
    [
      [0, 2],
      [1, 4],
      [2, 9],
    ],
    [
      [0, 1],
      [1, 3],
      [2, 5],
    ],
  ]);
  expect(layer[0]!.encoding.color?.scale).toEqual({ domain: ["1", "2"], range: ["#0072b2", "#d55e00"] });
  expect(encoding.x.title).toBe("frame");
  expect(encoding.y.scale.domain).toEqual([0.6, 9.4]);
});

test("plotBundle() draws lines in the pictures where their points are", async () => {
  const { data, metadata } = plotBundle(frame!, area!, { groups: label! });
  const svg = String(data["image/svg+xml"]);
  const [[first], [second]] = [pathsOf(svg, "#0072b2", 2), pathsOf(svg, "#d55e00", 2)];
  expect(first!.length).toBe(3);
  expect(first!.map(([x]) => x)).toEqual(second!.map(([x]) => x));
  // Of 1, 2 and 9, 2 is an eighth of the way up; places are written to 0.1 pixels.
  const [low, here, high] = [second![0]![1]!, first![0]![1]!, first![2]![1]!];
  expect((low - here) / (low - high)).toBeCloseTo(1 / 8, 2);
  const { width, height } = metadata["image/png"] as { width: number; height: number };
  const picture = await decodeImage(data["image/png"]);
  expect([picture.width, picture.height]).toEqual([2 * width, 2 * height]);
  const [x, y] = first![1]!;
  expect(picture.at(Math.round(2 * y!), Math.round(2 * x!))).toEqual([0x00, 0x72, 0xb2]);
  expect(svg).toContain(">1</text>");
});

test("plotBundle() interrupts a line where y is missing, and shows a point between gaps", () => {
  const [x, y] = [
    [5, 0, 1, 2, 3, 4, null, 6],
    [8, 1, 2, null, 7, Number.NaN, 9, 3],
  ];
  const { layer } = specOf(x, y);
  expect(runsOf(layer[0]!)).toEqual([
    [
      [0, 1],
      [1, 2],
    ],
    [[3, 7]],
    [
      [5, 8],
      [6, 3],
    ],
  ]);
  expect(layer[0]!.data.values.filter(({ isAlone }) => isAlone)).toEqual([
    { x: 3, y: 7, run: 1, isAlone: true },
  ]);
  expect(textOf(x, y)).toBe(
    "Line plot: 5 points\nx: 0 to 6\ny: 1 to 8\n5 points, first 1, last 3, min 1, max 8, 2 gaps",
  );
  expect(svgOf(x, y).match(/<circle /g)?.length).toBe(1);
  expect(textOf([], [])).toBe("Line plot: 0 points\nx\ny\n0 points");
});

test("plotBundle() draws many groups as quiet lines under their median", () => {
  // Track t has 10 t + frame at the frames 0 to 2, and the last alone frame 3.
  const rows = Array.from({ length: 7 }, (_, t) => [0, 1, 2].map((at) => [t, at, 10 * t + at])).flat();
  rows.push([6, 3, 63]);
  const [groups, x, y] = [0, 1, 2].map((column) => rows.map((row) => row[column]!));
  const { layer } = specOf(x!, y!, { groups: groups! });
  expect(layer.length).toBe(2);
  expect(runsOf(layer[0]!).length).toBe(7);
  expect(layer[0]!.encoding.color).toBeUndefined();
  expect(runsOf(layer[1]!)).toEqual([
    [
      [0, 30],
      [1, 31],
      [2, 32],
    ],
  ]);
  expect(layer[1]!.encoding.color?.scale.domain).toEqual(["median of 7 groups"]);
  expect(textOf(x!, y!, { groups: groups! })).toBe(
    [
      "Line plot: 7 lines, 22 points",
      "x: 0 to 3",
      "y: 0 to 63",
      "median of 7 groups: 3 points, first 30, last 32, min 30, max 32",
    ].join("\n"),
  );
  const svg = svgOf(x!, y!, { groups: groups! });
  expect(pathsOf(svg, "#a0a0a0", 0.75).length).toBe(7);
  expect(svg).toContain(">median of 7 groups</text>");
  // Without a shared x there is no median.
  const places = [0, 1, 2, 3, 4, 5, 6];
  expect(specOf(places, places, { groups: places }).layer[1]!.data.values).toEqual([]);
});

test("plotBundle() draws every few of very many lines, and says so", () => {
  const groups = Int32Array.from({ length: 750 }, (_, i) => Math.floor(i / 3));
  const x = groups.map((_, i) => i % 3);
  expect(textOf(x, groups, { groups })).toMatch(/^Line plot: 250 lines, 750 points, 84 of the lines drawn\n/);
  const [quiet, median] = specOf(x, groups, { groups }).layer;
  expect(runsOf(quiet!).length).toBe(84);
  // Of all: (0 + … + 249) / 250
  expect(median!.data.values[0]!.y).toBe(124.5);
});

test("plotBundle() keeps the ends and extremes of a line of very many points", () => {
  const y = Float64Array.from({ length: 100_000 }, (_, i) => (i === 54_321 ? 9 : i === 12_345 ? -9 : i % 2));
  const [run] = runsOf(specOf(ndarray(y.map((_, i) => i)), y).layer[0]!);
  expect(run!.length).toBeLessThan(9000);
  expect([run![0], run!.at(-1)]).toEqual([
    [0, 0],
    [99_999, 1],
  ]);
  expect(run).toContainEqual([54_321, 9]);
  expect(run).toContainEqual([12_345, -9]);
});

test.each([
  [[1, 2, 3], undefined, {}, "x and y are needed, got 3 values alone; use plot(arange(3), values)"],
  [[1, 2], [1], {}, "x and y must have equally many values, got 2 and 1"],
  [[1, "2"], [1, 2], {}, "values must be finite numbers, got 2 at index 1"],
  ["x", [1], {}, 'values must be an NdArray or a column such as table.column("area")'],
  [[1], [1], { groups: ["a", "b"] }, "groups must have one for each of the 1 values, got 2"],
  [[1], [1], { x_label: "time" }, 'got x_label; use plot(…, { xLabel: "time" })'],
  [[1], [1], { hue: "label" }, "options must be among groups, xLabel, yLabel, title, got hue"],
])("plotBundle() refuses: %#", (x, y, options, message) => {
  expect(() => plotBundle(x as never, y as never, options as never)).toThrow(`Cannot plot lines: `);
  expect(() => plotBundle(x as never, y as never, options as never)).toThrow(message);
});

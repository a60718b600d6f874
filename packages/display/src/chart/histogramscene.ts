import { clip } from "../clip";
import { type ChartFrame, chartFrame, countAxis, numberAxis } from "./chart";
import type { Bins } from "./histogram";
import { type Ink, paperInks, type Scene, type Shape, seriesInks } from "./scene";

/** How often the values of one colour are in bins. */
export interface HistogramSeries {
  /** Empty where there are no groups. */
  readonly name: string;
  readonly ink: Ink;
  readonly values: Float64Array;
  readonly bins: Bins;
}

/** The line around bars, from the axis to the axis. */
const outline = ({ edges, counts }: Bins): (readonly [x: number, y: number])[] => [
  [edges[0]!, 0],
  ...counts.flatMap((count, i) => [[edges[i]!, count] as const, [edges[i + 1]!, count] as const]),
  [edges.at(-1)!, 0],
];

function bars({ edges, counts }: Bins, ink: Ink, frame: ChartFrame): Shape[] {
  return counts.map((count, i): Shape => {
    const [start, top] = frame.at(edges[i]!, count);
    const [end, bottom] = frame.at(edges[i + 1]!, 0);
    // A gap of one pixel between bars that are wide enough.
    const gap = end - start > 4 ? 0.5 : 0;
    return {
      kind: "box",
      at: [start + gap, top],
      width: end - start - 2 * gap,
      height: bottom - top,
      ink,
    };
  });
}

/** A histogram as a picture: bars, or of groups outlines over each other. */
export function histogramScene(
  all: readonly HistogramSeries[],
  edges: readonly number[],
  xLabel: string,
  title: string | undefined,
): Scene {
  const x = numberAxis(xLabel, edges[0]!, edges.at(-1)!);
  const most = Math.max(0, ...all.flatMap(({ bins }) => bins.counts));
  const keys = all.filter(({ name }) => name).map(({ name, ink }) => ({ text: clip(name, 40), ink }));
  const frame: ChartFrame = chartFrame(x, countAxis("count", most), title, keys);
  const shapes = all.flatMap(({ name, ink, bins }): Shape[] => {
    if (name === "") return bars(bins, ink, frame);
    return [{ kind: "line", points: outline(bins).map(([at, count]) => frame.at(at, count)), width: 2, ink }];
  });
  return { ...frame, shapes: [...frame.shapes, ...shapes] };
}

/** The bars of a Vega-Lite chart: https://vega.github.io/vega-lite/docs/bin.html#binned */
export function histogramSpec(all: readonly HistogramSeries[], xLabel: string): object {
  const named = all.filter(({ name }) => name);
  const rows = all.flatMap(({ name, bins: { edges, counts } }) =>
    counts.map((count, i) => ({
      start: edges[i],
      end: edges[i + 1],
      count,
      ...(name ? { group: name } : {}),
    })),
  );
  const x = { type: "quantitative", title: xLabel, axis: { grid: false } };
  const y = { type: "quantitative", title: "count" };
  const encoding = {
    x: { field: "start", bin: { binned: true }, ...x },
    x2: { field: "end" },
    y: { field: "count", ...y },
  };
  const data = { values: rows };
  if (named.length === 0)
    return { data, mark: { type: "bar", tooltip: true, color: seriesInks.first }, encoding };
  const color = {
    field: "group",
    type: "nominal",
    title: null,
    scale: {
      domain: named.map(({ name }) => name),
      range: named.map(({ ink }) => paperInks[ink]),
    },
    legend: { orient: "top", labelLimit: 420, symbolType: "stroke", symbolOpacity: 1 },
  };
  return {
    encoding: { color },
    layer: [
      {
        data,
        mark: { type: "bar", tooltip: true, opacity: 0.12 },
        encoding: { ...encoding, y: { ...encoding.y, stack: null } },
      },
      {
        data: {
          values: named.flatMap(({ name, bins }) =>
            outline(bins).map(([at, count], place) => ({ group: name, at, count, place })),
          ),
        },
        mark: { type: "line", strokeWidth: 2, strokeJoin: "round" },
        encoding: { x: { field: "at", ...x }, y: { field: "count", ...y }, order: { field: "place" } },
      },
    ],
  };
}

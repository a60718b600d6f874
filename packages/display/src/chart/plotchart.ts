import { clip } from "../clip";
import { type Axis, chartFrame } from "./chart";
import { numberScale, quiet, shortNumber } from "./chartspec";
import type { PlotLine, PlotLines } from "./plotlines";
import { paperInks, type Scene, type Shape, seriesInks } from "./scene";

const strongWidth = 2;
const quietWidth = 0.75;

/** The lines as a picture. */
export function plotScene(
  { quiet, strong }: PlotLines,
  xAxis: Axis,
  yAxis: Axis,
  title: string | undefined,
): Scene {
  const keys = strong.filter(({ name }) => name).map(({ name, ink }) => ({ text: clip(name, 40), ink }));
  const frame = chartFrame(xAxis, yAxis, title, keys);
  const drawn = (lines: readonly PlotLine[], width: number): Shape[] =>
    lines.flatMap(({ ink, runs }) =>
      runs.map(({ x, y }): Shape => {
        const points = Array.from(x, (value, index) => frame.at(value, y[index]!));
        // A point between gaps is to be seen too.
        const dot = { kind: "dot", at: points[0]!, radius: width, ink } as const;
        return points.length === 1 ? dot : { kind: "line", points, width, ink };
      }),
    );
  return { ...frame, shapes: [...frame.shapes, ...drawn(quiet, quietWidth), ...drawn(strong, strongWidth)] };
}

const aloneOr = (alone: number, others: number): object => ({
  condition: { test: "datum.isAlone", value: alone },
  value: others,
});

/** A line for each run, and a dot where it is of one point. */
function layerOf(lines: readonly PlotLine[], look: object, strokeWidth: number, encoding: object): object {
  const runs = lines.flatMap(({ name, runs }) => runs.map((run) => ({ name, ...run })));
  const values = runs.flatMap(({ name, x, y }, run) =>
    Array.from(x, (value, index) => ({
      x: shortNumber(value),
      y: shortNumber(y[index]!),
      ...(name ? { group: name } : {}),
      run,
      ...(x.length === 1 ? { isAlone: true } : {}),
    })),
  );
  const tooltip = [...(lines.some(({ name }) => name) ? ["group"] : []), "x", "y"].map((field) => ({
    field,
  }));
  return {
    data: { values },
    encoding,
    layer: [
      {
        mark: { type: "line", strokeWidth, strokeJoin: "round", ...look },
        encoding: { detail: { field: "run" } },
      },
      {
        // Unseen dots tell what is under the pointer.
        mark: { type: "circle", ...look },
        encoding: {
          fillOpacity: aloneOr(1, 0),
          // Wide enough to be hit.
          size: aloneOr(12 * strokeWidth, 120),
          tooltip,
        },
      },
    ],
  };
}

/** The lines and axes of a Vega-Lite chart: https://vega.github.io/vega-lite/docs/layer.html */
export function plotSpec(lines: PlotLines, xAxis: Axis, yAxis: Axis): object {
  const named = lines.strong.filter(({ name }) => name);
  const color = {
    field: "group",
    type: "nominal",
    title: null,
    scale: { domain: named.map(({ name }) => name), range: named.map(({ ink }) => paperInks[ink]) },
    legend: { orient: "top", labelLimit: 420, symbolType: "stroke", symbolOpacity: 1 },
  };
  return {
    layer: [
      ...(lines.quiet.length > 0
        ? [layerOf(lines.quiet, { color: quiet, opacity: 0.5 }, quietWidth, {})]
        : []),
      layerOf(lines.strong, { color: seriesInks.first }, strongWidth, named.length > 0 ? { color } : {}),
    ],
    encoding: {
      x: { field: "x", ...numberScale(xAxis) },
      y: { field: "y", ...numberScale(yAxis) },
    },
  };
}

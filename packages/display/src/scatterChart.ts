import { type Axis, chartFrame } from "./chart";
import type { Series } from "./scatterSeries";
import { groupColours, groupInks, type Scene, seriesInks } from "./scene";

/** The points as a picture. */
export function scatterScene(
  drawn: readonly Series[],
  xAxis: Axis,
  yAxis: Axis,
  title: string | undefined,
): Scene {
  const keys = drawn.filter(({ name }) => name).map(({ name, ink }) => ({ text: name, ink }));
  const frame = chartFrame(xAxis, yAxis, title, keys);
  const dots = drawn.flatMap(({ ink, x, y }) =>
    Array.from(x, (value, i) => ({
      kind: "dot" as const,
      at: frame.at(value, y[i]!),
      radius: x.length > 500 ? 1.5 : 2.5,
      ink,
    })),
  );
  return { ...frame, shapes: [...frame.shapes, ...dots] };
}

/** The points and axes of a Vega-Lite chart: https://vega.github.io/vega-lite/docs/point.html */
export function scatterSpec(drawn: readonly Series[], xAxis: Axis, yAxis: Axis): object {
  const names = drawn.map(({ name }) => name).filter(Boolean);
  const numbers = ({ low, high, label }: Axis) => ({
    type: "quantitative",
    title: label,
    scale: { domain: [low, high], nice: false },
  });
  const short = (value: number): number => Number(value.toPrecision(6));
  const color = {
    field: "group",
    type: "nominal",
    title: null,
    scale: { domain: names, range: groupInks.slice(0, names.length).map((ink) => groupColours[ink]) },
  };
  return {
    data: {
      values: drawn.flatMap(({ name, x, y }) =>
        Array.from(x, (value, i) => ({
          x: short(value),
          y: short(y[i]!),
          ...(name ? { group: name } : {}),
        })),
      ),
    },
    mark: { type: "circle", size: 28, opacity: 0.75, tooltip: true, color: seriesInks.first },
    encoding: {
      x: { field: "x", ...numbers(xAxis) },
      y: { field: "y", ...numbers(yAxis) },
      ...(names.length > 0 ? { color } : {}),
    },
  };
}

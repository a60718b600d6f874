import { clip } from "../clip";
import { type Axis, chartFrame } from "./chart";
import { numberScale, shortNumber } from "./chartspec";
import type { Series } from "./scatterseries";
import { correlationText, lineEnds, lineText, trendText } from "./scattertrend";
import { groupColours, groupInks, type Ink, type Scene, seriesInks } from "./scene";

/** A group's line has its colour; that of all points another than they, to be seen on them. */
const lineInk = ({ name, ink }: Series): Ink => (name ? ink : "second");

/** `control: r 0.7746 (p 0.124)` */
const groupText = ({ name, trend }: Series): string =>
  `${clip(name, 40)}${trend ? `: ${correlationText(trend)}` : ""}`;

/** The points and lines as a picture. */
export function scatterScene(
  drawn: readonly Series[],
  xAxis: Axis,
  yAxis: Axis,
  title: string | undefined,
): Scene {
  const keys = drawn.flatMap((series) => {
    const { name, trend } = series;
    const text = name ? groupText(series) : trend && trendText(trend);
    return text ? [{ text, ink: lineInk(series) }] : [];
  });
  const frame = chartFrame(xAxis, yAxis, title, keys);
  const dots = drawn.flatMap(({ ink, x, y }) =>
    Array.from(x, (value, i) => ({
      kind: "dot" as const,
      at: frame.at(value, y[i]!),
      radius: x.length > 500 ? 1.5 : 2.5,
      ink,
    })),
  );
  const lines = drawn.flatMap((series) =>
    series.trend
      ? [
          {
            kind: "line" as const,
            points: lineEnds(series.trend, yAxis).map(({ x, y }) => frame.at(x, y)),
            width: 2,
            ink: lineInk(series),
          },
        ]
      : [],
  );
  return { ...frame, shapes: [...frame.shapes, ...dots, ...lines] };
}

/** The points, lines and axes of a Vega-Lite chart: https://vega.github.io/vega-lite/docs/layer.html */
export function scatterSpec(drawn: readonly Series[], xAxis: Axis, yAxis: Axis): object {
  const names = drawn.map(({ name }) => name).filter(Boolean);
  const color = {
    field: "group",
    type: "nominal",
    title: null,
    scale: { domain: names, range: groupInks.slice(0, names.length).map((ink) => groupColours[ink]) },
    legend: {
      orient: "top",
      direction: "vertical",
      labelExpr: `${JSON.stringify(drawn.map(groupText))}[datum.index]`,
      labelLimit: 420,
    },
  };
  const lines = drawn.flatMap(({ name, trend }) => {
    if (!trend) return [];
    const [start, end] = lineEnds(trend, yAxis).map(({ x, y }) => [shortNumber(x), shortNumber(y)]);
    return [
      {
        ...(name ? { group: name } : {}),
        x: start![0],
        y: start![1],
        x2: end![0],
        y2: end![1],
        line: lineText(trend),
        r: shortNumber(trend.correlation),
        p: shortNumber(trend.pValue),
      },
    ];
  });
  const tooltip = [...(names.length > 0 ? ["group"] : []), "line", "r", "p"].map((field) => ({ field }));
  return {
    data: {
      values: drawn.flatMap(({ name, x, y }) =>
        Array.from(x, (value, i) => ({
          x: shortNumber(value),
          y: shortNumber(y[i]!),
          ...(name ? { group: name } : {}),
        })),
      ),
    },
    layer: [
      { mark: { type: "circle", size: 28, opacity: 0.75, tooltip: true, color: seriesInks.first } },
      {
        data: { values: lines },
        mark: { type: "rule", strokeWidth: 2, strokeCap: "round", color: seriesInks.second },
        encoding: { x2: { field: "x2" }, y2: { field: "y2" }, tooltip },
      },
    ],
    encoding: {
      x: { field: "x", ...numberScale(xAxis) },
      y: { field: "y", ...numberScale(yAxis) },
      ...(names.length > 0 ? { color } : {}),
    },
  };
}

import type { BoxStatistics } from "./boxstatistics";
import { chartFrame, nameAxis, roomyAxis } from "./chart";
import { numberScale, quiet, shortNumber } from "./chartspec";
import { type Ink, type Point, type Scene, type Shape, seriesInks } from "./scene";

/** Up to here all values of a group are drawn, else those beyond the whiskers, and of these no more than so many. */
const mostDrawn = 300;

/** Half of a box, where names are 1 apart. */
const half = 0.3;

const drawnValues = ({ values, outliers }: BoxStatistics): Float64Array =>
  values.length <= mostDrawn ? values : outliers.slice(0, mostDrawn);

/** How far to the side a value's dot is, so that dots don't cover one another: by the golden ratio, evenly. */
const aside = (index: number): number => ((index * 0.618034) % 1) - 0.5;

const axesOf = (boxes: readonly BoxStatistics[], xLabel: string, yLabel: string) => ({
  x: nameAxis(
    xLabel,
    boxes.map(({ name }) => name),
  ),
  y: roomyAxis(yLabel, Float64Array.from(boxes.flatMap(({ values }) => [values[0]!, values.at(-1)!]))),
});

/** The boxes as a picture, with the values as dots beside their line. */
export function boxplotScene(
  boxes: readonly BoxStatistics[],
  xLabel: string,
  yLabel: string,
  title: string | undefined,
): Scene {
  const { x, y } = axesOf(boxes, xLabel, yLabel);
  const frame = chartFrame(x, y, title, []);
  const line = (ink: Ink, width: number, ...points: (readonly [number, number])[]): Shape => ({
    kind: "line",
    points: points.map(([atX, atY]): Point => frame.at(atX, atY)),
    width,
    ink,
  });
  const shapes = boxes.flatMap((box, at): Shape[] => {
    const [left, right] = [at - half, at + half];
    const { q25, median, q75, low, high } = box;
    const dots = Array.from(
      drawnValues(box),
      (value, index): Shape => ({
        kind: "dot",
        at: frame.at(at + half * aside(index), value),
        radius: 1.5,
        ink: "second",
      }),
    );
    return [
      ...dots,
      line("text", 1.25, [left, q25], [left, q75], [right, q75], [right, q25], [left, q25]),
      line("text", 1.25, [at, q75], [at, high]),
      line("text", 1.25, [at, q25], [at, low]),
      line("first", 2.5, [left, median], [right, median]),
    ];
  });
  return { ...frame, shapes: [...frame.shapes, ...shapes] };
}

/** The boxes and axes of a Vega-Lite chart: https://vega.github.io/vega-lite/docs/layer.html */
export function boxplotSpec(boxes: readonly BoxStatistics[], xLabel: string, yLabel: string): object {
  const { x, y } = axesOf(boxes, xLabel, yLabel);
  const names = JSON.stringify(x.ticks.map(({ text }) => text));
  const acrossBy = (field: string) => ({
    field,
    type: "quantitative",
    title: xLabel || null,
    scale: { domain: [x.low, x.high], nice: false },
    axis: { grid: false, values: x.ticks.map(({ at }) => at), labelExpr: `${names}[datum.value]` },
  });
  const upBy = (field: string) => ({ field, ...numberScale(y) });
  const tooltip = ["group", "count", "low", "q25", "median", "q75", "high"].map((field) => ({ field }));
  return {
    data: {
      values: boxes.map(({ name, values, low, q25, median, q75, high }, at) => ({
        group: name,
        count: values.length,
        at,
        left: at - half,
        right: at + half,
        low: shortNumber(low),
        q25: shortNumber(q25),
        median: shortNumber(median),
        q75: shortNumber(q75),
        high: shortNumber(high),
      })),
    },
    layer: [
      {
        data: {
          values: boxes.flatMap((box, at) =>
            Array.from(drawnValues(box), (value, index) => ({
              group: box.name,
              value: shortNumber(value),
              at: shortNumber(at + half * aside(index)),
            })),
          ),
        },
        mark: { type: "circle", size: 12, color: seriesInks.second, opacity: 1 },
        encoding: { x: acrossBy("at"), y: upBy("value"), tooltip: [{ field: "group" }, { field: "value" }] },
      },
      {
        mark: { type: "rule", color: quiet },
        encoding: { x: acrossBy("at"), y: upBy("low"), y2: { field: "q25" } },
      },
      {
        mark: { type: "rule", color: quiet },
        encoding: { x: acrossBy("at"), y: upBy("q75"), y2: { field: "high" } },
      },
      {
        mark: { type: "rect", fill: "transparent", stroke: quiet },
        encoding: {
          x: acrossBy("left"),
          x2: { field: "right" },
          y: upBy("q25"),
          y2: { field: "q75" },
          tooltip,
        },
      },
      {
        mark: { type: "rule", color: seriesInks.first, strokeWidth: 2.5 },
        encoding: { x: acrossBy("left"), x2: { field: "right" }, y: upBy("median"), tooltip },
      },
    ],
  };
}

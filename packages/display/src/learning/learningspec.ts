import { chartConfig } from "../chart/chartspec";
import { seriesInks } from "../chart/scene";
import { clip } from "../clip";
import type { EpochValue, LearningCurve, LearningFacts } from "./learningfacts";
import { epochTicks, isDotted, learningPanels, type Panel, panelHeight } from "./learningpanels";

/**
 * Below this window width in pixels, two panels side by side would not fit beside JupyterLab's file browser. A chart
 * cannot ask for the width of its output, which is as wide as what is in it, and lays out once: when it is drawn.
 */
const narrowWindow = 1100;

/**
 * The panels of a training as a Vega-Lite chart, whose data is in it; in a narrow window they lie one below the other.
 *
 * https://vega.github.io/vega-lite/docs/concat.html
 *
 * @param description what the chart shows, for those who cannot see it
 */
export function learningSpec(
  { title, status }: LearningCurve,
  facts: LearningFacts,
  description: string,
): object {
  const panels = learningPanels(facts);
  const width = panels.reduce((sum, panel) => sum + panel.width + 50, 0);
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    description: description.replace(/\s+/g, " "),
    title: {
      text: clip(title, Math.floor(width / 8)),
      // A line for how it went, and one for the file: together they are wider than a panel.
      subtitle: clip(status, Math.floor(width / 6)).split("; "),
      anchor: "start",
      fontSize: 14,
      subtitleFontSize: 12,
      subtitlePadding: 5,
      offset: 22,
    },
    // JupyterLab's dark theme has charts on a grey of their own.
    background: "transparent",
    spacing: 16,
    concat: panels.map((panel) => panelSpec(panel, facts.span)),
    columns: { signal: `windowSize()[0] < ${narrowWindow} ? 1 : 2` },
    config: chartConfig,
  };
}

function panelSpec(
  { name, ink, series, lastText, bestText, ringed, crossed, yTicks, width }: Panel,
  span: LearningFacts["span"],
): object {
  const color = seriesInks[ink];
  const isFull = isDotted(series);
  const values = series.runs.flatMap((run, number) => run.map((point) => ({ ...row(point), run: number })));
  const at = {
    x: {
      field: "epoch",
      type: "quantitative",
      title: "epoch",
      scale: { domain: span, nice: false },
      axis: { grid: false, values: epochTicks(span), format: "d", labelFlush: false },
    },
    y: {
      field: "value",
      type: "quantitative",
      title: null,
      scale: { domain: [yTicks[0], yTicks.at(-1)], nice: false },
      axis: { values: yTicks, format: ".4~g", minExtent: 40 },
    },
  };
  const tooltip = [
    { field: "epoch", type: "quantitative", title: "epoch" },
    { field: "value", type: "quantitative", title: name, format: ".4~g" },
  ];
  const marked = (point: EpochValue | undefined) => ({ values: point ? [row(point)] : [] });
  return {
    width,
    height: panelHeight,
    data: { values },
    layer: [
      {
        mark: { type: "line", color, strokeWidth: 1.75, strokeJoin: "round" },
        encoding: { ...at, detail: { field: "run", type: "nominal" } },
      },
      {
        data: marked(ringed),
        mark: { type: "point", color, filled: false, opacity: 1, strokeWidth: 1.5, size: 130 },
        encoding: at,
      },
      { data: marked(series.last), mark: { type: "circle", color, opacity: 1, size: 45 }, encoding: at },
      {
        // Last, so that the pointer finds it; the transparent rim is for the pointer.
        mark: {
          type: "circle",
          color,
          opacity: 1,
          size: isFull ? 16 : 1,
          stroke: "transparent",
          strokeWidth: 12,
        },
        encoding: { ...at, tooltip },
      },
      ...(crossed.length > 0 ? [crossLayer(crossed, at.x)] : []),
      textLayer(lastText ? `${name} ${lastText}` : name, 0, {
        align: "left",
        fontSize: 12,
        fontWeight: 600,
        color,
      }),
      textLayer(bestText, width, { align: "right", fontSize: 11 }),
    ],
  };
}

/** Up to six digits: the chart is exact to the pixel and stays small. */
const row = ({ epoch, value }: EpochValue): EpochValue => ({ epoch, value: Number(value.toPrecision(6)) });

function crossLayer(epochs: readonly number[], x: object): object {
  return {
    data: { values: epochs.map((epoch) => ({ epoch, value: "not finite" })) },
    mark: {
      type: "point",
      shape: "M-1,-1L1,1M-1,1L1,-1",
      color: seriesInks.trouble,
      opacity: 1,
      size: 36,
      strokeWidth: 1.5,
    },
    encoding: {
      x,
      y: { value: panelHeight - 7 },
      tooltip: [
        { field: "epoch", type: "quantitative" },
        { field: "value", type: "nominal", title: "loss" },
      ],
    },
  };
}

/** Above the panel. Of a title Vega would make a line of its own. */
function textLayer(text: string, x: number, style: object): object {
  return {
    data: { values: [{}] },
    mark: { type: "text", text, baseline: "alphabetic", ...style },
    encoding: { x: { value: x }, y: { value: -12 } },
  };
}

import { clip } from "../clip";
import type { Axis } from "./chart";

/** Equally clear on JupyterLab's light and dark background: a chart stays as it is when the theme changes. */
export const quiet = "#808080";
const faint = "rgba(128, 128, 128, 0.25)";

/** How all Vega-Lite charts look. */
export const chartConfig: object = {
  view: { stroke: null },
  title: { color: quiet, subtitleColor: quiet },
  text: { color: quiet },
  legend: { labelColor: quiet, titleColor: quiet, labelFontSize: 11 },
  axis: {
    domain: false,
    ticks: false,
    gridColor: faint,
    labelColor: quiet,
    labelFontSize: 11,
    labelPadding: 8,
    titleColor: quiet,
    titleFontSize: 11,
    titleFontWeight: "normal",
  },
};

function heading(title: string | undefined, subtitle: string | undefined): object {
  const place = { anchor: "start", subtitlePadding: 5 };
  if (title) return { title: { ...place, text: clip(title, 80), fontSize: 14, subtitle } };
  // Vega draws no subtitle without a title.
  return subtitle ? { title: { ...place, text: subtitle, fontSize: 11, fontWeight: "normal" } } : {};
}

/** A number in as many digits as a chart shows. */
export const shortNumber = (value: number): number => Number(value.toPrecision(6));

/** How a chart shows the numbers of an axis. */
export const numberScale = ({ low, high, label }: Axis): object => ({
  type: "quantitative",
  title: label,
  scale: { domain: [low, high], nice: false },
});

/**
 * A Vega-Lite chart of the usual size, without its data and marks.
 *
 * @param description what the chart shows, for those who cannot see it
 * @param subtitle below the title
 */
export const chartSpec = (title: string | undefined, description: string, subtitle?: string): object => ({
  $schema: "https://vega.github.io/schema/vega-lite/v5.json",
  description: description.replace(/\s+/g, " "),
  ...heading(title, subtitle),
  // JupyterLab's dark theme has charts on a grey of their own.
  background: "transparent",
  width: 420,
  height: 240,
  config: chartConfig,
});

import { linearFit, pearson } from "@bioengine/measure";
import { numberText } from "../numbertext";
import type { Axis } from "./chart";

/** How points lie along the straight line through them. */
export interface Trend {
  readonly slope: number;
  readonly intercept: number;
  /** Pearson's correlation and its p. */
  readonly correlation: number;
  readonly pValue: number;
  /** The smallest and the largest x. */
  readonly span: readonly [low: number, high: number];
}

/** The trend of points; undefined if they are fewer than 3, or all x or all y are equal. */
export function trendOf(x: Float64Array, y: Float64Array): Trend | undefined {
  const varies = (values: Float64Array) => values.some((value) => value !== values[0]);
  if (x.length < 3 || !varies(x) || !varies(y)) return undefined;
  const { statistic, pValue } = pearson(x, y);
  const { slope, intercept } = linearFit(x, y);
  const sorted = x.slice().sort();
  return { slope, intercept, correlation: statistic, pValue, span: [sorted[0]!, sorted.at(-1)!] };
}

/** `r 0.7746 (p 0.124)` */
export const correlationText = ({ correlation, pValue }: Trend): string =>
  `r ${numberText(correlation)} (p ${numberText(pValue)})`;

/** `y = 0.6 x + 2.2` */
export const lineText = ({ slope, intercept }: Trend): string =>
  `y = ${numberText(slope)} x ${intercept < 0 ? "-" : "+"} ${numberText(Math.abs(intercept))}`;

/** `Pearson r 0.7746 (p 0.124), line y = 0.6 x + 2.2` */
export const trendText = (trend: Trend): string =>
  `Pearson ${correlationText(trend)}, line ${lineText(trend)}`;

/** The two ends of a trend's line: as far as its points go, and inside of the chart. */
export function lineEnds({ slope, intercept, span }: Trend, { low, high }: Axis): { x: number; y: number }[] {
  return span.map((x) => {
    const y = slope * x + intercept;
    if (y >= low && y <= high) return { x, y };
    const edge = y < low ? low : high;
    return { x: (edge - intercept) / slope, y: edge };
  });
}

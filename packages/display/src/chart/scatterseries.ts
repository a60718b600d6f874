import type { ColouredGroup } from "./chartvalues";
import { type Trend, trendOf } from "./scattertrend";
import type { Ink } from "./scene";

/** More points than this are drawn by a regular sample. */
const mostDrawn = 4000;

/** Points of one colour. */
export interface Series {
  readonly name: string;
  readonly ink: Ink;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Of all its points, also if some are not drawn. */
  readonly trend: Trend | undefined;
}

/** Divide points into groups, without those that miss a value. */
export function seriesOf(x: Float64Array, y: Float64Array, groups: readonly ColouredGroup[]): Series[] {
  return groups.map(({ name, ink, indices }) => {
    const whole = indices.filter((index) => !Number.isNaN(x[index]) && !Number.isNaN(y[index]));
    const [wholeX, wholeY] = [x, y].map((values) => Float64Array.from(whole, (index) => values[index]!));
    return {
      name,
      ink,
      x: wholeX!,
      y: wholeY!,
      trend: trendOf(wholeX!, wholeY!),
    };
  });
}

/** All series, or of many points every second, third, … of each. */
export function sampled(all: readonly Series[]): Series[] {
  const step = Math.ceil(all.reduce((sum, { x }) => sum + x.length, 0) / mostDrawn);
  const thin = (values: Float64Array): Float64Array => values.filter((_, index) => index % step === 0);
  return step <= 1 ? [...all] : all.map((series) => ({ ...series, x: thin(series.x), y: thin(series.y) }));
}

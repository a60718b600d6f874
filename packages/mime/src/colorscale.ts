/**
 * Red, green and blue, 0 to 255.
 *
 * @example
 * const [red, green, blue]: Color = [68, 1, 84];
 */
export type Color = readonly [red: number, green: number, blue: number];

/** From this many values on, a few extreme ones do not set the ends of a scale. */
const MANY = 100;
const EXTREME = 0.01;

/** Of matplotlib's viridis (CC0), at every sixteenth: even steps of lightness, also for colour-blind eyes. */
const VIRIDIS: readonly Color[] = (
  "440154 48186a 472d7b 424086 3b528b 33638d 2c728e 26828e 21918c 1fa088 28ae80 3fbc73 5ec962 84d44b addc30 " +
  "d8e219 fde725"
)
  .split(" ")
  .map((text) => {
    const rgb = Number.parseInt(text, 16);
    return [rgb >> 16, (rgb >> 8) & 255, rgb & 255];
  });

/** The colour of what has no value. */
const MISSING: Color = [128, 128, 128];

/**
 * Colours for numbers between two ends; beyond them the colours of the ends.
 *
 * @example
 * const scale: ColorScale = { low: 0, high: 1, isClipped: { low: false, high: false } };
 */
export interface ColorScale {
  readonly low: number;
  readonly high: number;
  /** Whether there are values beyond the ends. */
  readonly isClipped: { readonly low: boolean; readonly high: boolean };
}

/**
 * The scale that suits some values: all of them, or of many the middle 98 percent.
 *
 * @param values not modified; those that are not finite are left out
 * @example
 * colorScale(Float64Array.of(3, 9, NaN)); // low 3, high 9
 */
export function colorScale(values: Float64Array): ColorScale {
  const sorted = values.filter(Number.isFinite).sort();
  const last = sorted.length - 1;
  if (last < 0) return { low: 0, high: 0, isClipped: { low: false, high: false } };
  const extreme = sorted.length < MANY ? 0 : EXTREME;
  const low = sorted[Math.round(extreme * last)];
  const high = sorted[Math.round((1 - extreme) * last)];
  return { low, high, isClipped: { low: sorted[0] < low, high: sorted[last] > high } };
}

/**
 * The colour of a number on a scale; grey for NaN.
 *
 * @returns red, green and blue, 0 to 255
 * @example
 * const [red, green, blue] = scaleColor(colorScale(values), values[0]);
 */
export function scaleColor({ low, high }: ColorScale, value: number): Color {
  if (Number.isNaN(value)) return MISSING;
  return viridis(high > low ? Math.min(Math.max((value - low) / (high - low), 0), 1) : 0.5);
}

/**
 * The colour at a part of the scale, 0 to 1: matplotlib's viridis, within two of 255 levels.
 *
 * @example
 * viridis(0); // [68, 1, 84]
 */
export function viridis(part: number): Color {
  const place = part * (VIRIDIS.length - 1);
  const step = Math.min(Math.floor(place), VIRIDIS.length - 2);
  const blend = (channel: 0 | 1 | 2) => {
    const [from, to] = [VIRIDIS[step][channel], VIRIDIS[step + 1][channel]];
    return Math.round(from + (to - from) * (place - step));
  };
  return [blend(0), blend(1), blend(2)];
}

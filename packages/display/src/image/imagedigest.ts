import type { NdArray } from "@bioengine/ndarray";
import { labelsAdvice } from "../labelsadvice";
import { countText, numberText, percentText } from "../numbertext";
import { quantiles } from "../quantile";
import { brightQuantile, darkQuantile, imageLayout, numbersOf } from "./image";

/** What a reader of text gets to know of an image, title first. */
export function imageDigest(image: NdArray, title?: string): string {
  const { channels } = imageLayout(image, "describe image");
  const values = numbersOf(image);
  const lines = [`Image [${image.shape.join(", ")}] ${image.dtype}`];
  for (let channel = 0; channel < channels; channel++) {
    const name = channels === 1 ? "" : `Channel ${channel}: `;
    lines.push(...describe(values, channel, channels, image.dtype).map((line) => name + line));
  }
  const advice = labelsAdvice(image);
  if (advice) lines.push(advice);
  if (title) lines.unshift(title.slice(0, 120));
  return lines.join("\n");
}

/** Values and percentiles of one channel. */
function describe(values: ArrayLike<number>, channel: number, channels: number, dtype: string): string[] {
  const { min, max, mean, finite, atMax, size } = moments(values, channel, channels);
  if (finite === 0) return ["Warning: no value is a finite number"];
  const quantile = quantiles(values, channel, channels);
  const percentiles = [darkQuantile, 0.25, 0.5, 0.75, brightQuantile]
    .map((fraction) => `${numberText(fraction * 100)}% ${numberText(quantile(fraction))}`)
    .join(", ");
  const lines = [
    `min ${numberText(min)}, max ${numberText(max)}, mean ${numberText(mean)}; percentiles: ${percentiles}`,
  ];
  if (finite < size) lines.push(`Warning: ${countText(size - finite, "pixel")} NaN or infinite, shown black`);
  if (min === max) lines.push(`Warning: all values are ${numberText(min)}`);
  else if (isLimit(max, dtype) && atMax > size / 100) {
    lines.push(
      `Warning: ${percentText(atMax / size)} of the pixels are at ${numberText(max)}, probably saturated`,
    );
  }
  return lines;
}

interface Moments {
  min: number;
  max: number;
  mean: number;
  finite: number;
  atMax: number;
  size: number;
}

function moments(values: ArrayLike<number>, channel: number, channels: number): Moments {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let sum = 0;
  let finite = 0;
  let atMax = 0;
  let size = 0;
  for (let i = channel; i < values.length; i += channels) {
    const value = values[i]!;
    size++;
    if (!Number.isFinite(value)) continue;
    finite++;
    sum += value;
    if (value < min) min = value;
    if (value > max) {
      max = value;
      atMax = 0;
    }
    if (value === max) atMax++;
  }
  return { min, max, mean: sum / finite, finite, atMax, size };
}

/** The largest value of a camera's integer formats: 8, 10, 12, 14 or 16 bit. */
function isLimit(value: number, dtype: string): boolean {
  return dtype === "uint8" ? value === 255 : dtype === "uint16" && [1023, 4095, 16383, 65535].includes(value);
}

import type { Random } from "@bioengine/engine";

const summands = 6;

/** A number from a bell curve of mean 0 and standard deviation 1: a sum, as logarithms may differ by machine. */
export function bell(random: Random): number {
  let sum = 0;
  for (let count = 0; count < summands; count++) sum += random();
  return (sum - summands / 2) * Math.sqrt(12 / summands);
}

/** A number between two. */
export const between = (random: Random, low: number, high: number): number => low + (high - low) * random();

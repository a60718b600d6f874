/** A stream of random numbers, from 0 up to, not including, 1. */
export type Random = () => number;

/** A bijection of 32 bits in which each bit in changes each bit out (Appleby's finaliser of MurmurHash3). */
function mix(bits: number): number {
  let mixed = bits ^ (bits >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** Steps before the first number, after which states that were alike no longer show it. */
const WARM_UP = 12;

/**
 * Random numbers that are the same whenever they are asked for again: sfc32 (Doty-Humphrey's PractRand), whose state is
 * a hash of the seed and the counters.
 *
 * @param seed a whole number; its lower 32 bits count
 * @param counters what the numbers are for, such as the number of a sample and of its crop; order matters
 * @example
 * const random = seededRandom(1, 2, 3);
 * random();
 */
export function seededRandom(seed: number, ...counters: number[]): Random {
  let hash = mix(seed | 0);
  for (const counter of counters) hash = mix(Math.imul(hash, 5) + mix(counter ^ 0x9e3779b9));
  let [a, b, c, count] = [mix(hash + 1), mix(hash + 2), mix(hash + 3), 1];
  const next = () => {
    const sum = (a + b + count) | 0;
    count = (count + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let step = 0; step < WARM_UP; step++) next();
  return next;
}

/** A number from `low` up to `high`, each as likely as the other. */
export const uniform = (random: Random, low: number, high: number): number => low + (high - low) * random();

/** Turn uniform numbers into normal ones of mean 0 and deviation 1, by Box and Muller. */
export function normal(random: Random): () => number {
  let second: number | undefined;
  return () => {
    if (second !== undefined) {
      const value = second;
      second = undefined;
      return value;
    }
    const length = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    second = length * Math.sin(angle);
    return length * Math.cos(angle);
  };
}

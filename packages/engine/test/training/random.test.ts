import { expect, test } from "vitest";
import { normal, type Random, seededRandom, uniform } from "../../src/training/random";

const take = (random: Random, count: number) => Array.from({ length: count }, random);
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test("seededRandom() gives the same numbers for the same seed and counters, and others for others", () => {
  const first = take(seededRandom(7, 1, 2), 4);
  expect(take(seededRandom(7, 1, 2), 4)).toEqual(first);
  for (const other of [
    seededRandom(8, 1, 2),
    seededRandom(7, 2, 1),
    seededRandom(7, 1),
    seededRandom(7, 1, 3),
  ]) {
    expect(take(other, 4)).not.toEqual(first);
  }
});

test("seededRandom() goes on as sfc32 does from the hashed state", () => {
  // By Doty-Humphrey's definition, in whole numbers without limit, from the state that mix(hash + 1 .. 3) make of seed 0.
  const bits = (value: bigint) => value & 0xffffffffn;
  const mix = (value: bigint) => {
    let mixed = bits(value ^ (value >> 16n));
    mixed = bits(mixed * 0x85ebca6bn);
    mixed ^= mixed >> 13n;
    mixed = bits(mixed * 0xc2b2ae35n);
    return mixed ^ (mixed >> 16n);
  };
  let [a, b, c, count] = [mix(1n), mix(2n), mix(3n), 1n];
  const next = () => {
    const sum = bits(a + b + count);
    count = bits(count + 1n);
    a = b ^ (b >> 9n);
    b = bits(c + (c << 3n));
    c = bits((bits(c << 21n) | (c >> 11n)) + sum);
    return Number(sum) / 2 ** 32;
  };
  for (let step = 0; step < 12; step++) next();
  expect(take(seededRandom(0), 50)).toEqual(take(next, 50));
});

test("seededRandom() is uniform from 0 to 1, over one stream and over the first numbers of many", () => {
  for (const values of [
    take(seededRandom(1), 20000),
    Array.from({ length: 20000 }, (_, counter) => seededRandom(1, counter)()),
  ]) {
    // Five deviations of a mean of 20000: 0.29 / sqrt(20000) × 5 is 0.01.
    expect(Math.abs(mean(values) - 0.5)).toBeLessThan(0.0103);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    const neighbours = values.slice(1).map((value, index) => (value - 0.5) * (values[index] - 0.5));
    expect(Math.abs(mean(neighbours))).toBeLessThan(0.003);
  }
});

test("uniform() spreads 0 to 1 between its bounds", () => {
  expect([0, 0.25, 0.5].map((value) => uniform(() => value, -2, 6))).toEqual([-2, 0, 2]);
});

test("normal() has mean 0, deviation 1 and the tails of a Gaussian", () => {
  const values = take(normal(seededRandom(2)), 40000);
  // Five deviations of each estimate.
  expect(Math.abs(mean(values))).toBeLessThan(0.025);
  expect(Math.abs(mean(values.map((value) => value ** 2)) - 1)).toBeLessThan(0.036);
  const beyondTwo = mean(values.map((value) => +(Math.abs(value) > 2)));
  expect(Math.abs(beyondTwo - 0.0455)).toBeLessThan(0.0053);
});

test("normal() is finite where the uniform number is 0", () => {
  expect(Math.abs(normal(() => 0)())).toBe(0);
});

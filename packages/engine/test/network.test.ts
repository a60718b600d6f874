import { ndarray } from "@bioengine/ndarray";
import fc from "fast-check";
import { expect, test } from "vitest";
import { halfBits, halfValues } from "../src/halffloat";

test("halfBits() and halfValues() are each other's inverse for all 16 bits", () => {
  const bits = Uint16Array.from({ length: 65536 }, (_, index) => index);
  const values = halfValues(bits);
  const isNaNBits = (half: number) => (half & 0x7c00) === 0x7c00 && (half & 0x3ff) !== 0;
  const again = halfBits(values);
  expect(bits.every((half, i) => (isNaNBits(half) ? isNaNBits(again[i]) : again[i] === half))).toBe(true);
});

test("halfValues() gives the values of IEEE 754", () => {
  // Worked by hand: sign, 5 bits of exponent with bias 15, 10 bits of fraction.
  const cases = { 15360: 1, 49152: -2, 31743: 65504, 1024: 2 ** -14, 1: 2 ** -24, 13653: 0.333251953125 };
  for (const [bits, value] of Object.entries(cases)) {
    expect(halfValues(Uint16Array.of(Number(bits)))[0]).toBe(value);
  }
  expect([...halfValues(Uint16Array.of(0x7c00, 0xfc00, 0x7e00))]).toEqual([
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NaN,
  ]);
});

test("halfBits() writes what a float16 array holds", () => {
  fc.assert(
    fc.property(fc.array(fc.double()), (numbers) => {
      const { data } = ndarray(numbers, undefined, { dtype: "float16" });
      expect([...halfValues(halfBits(data))]).toEqual([...data]);
    }),
  );
});

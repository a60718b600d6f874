import fc from "fast-check";
import { expect, test } from "vitest";
import { DecodeError } from "../../src/error";
import { packBfloat16, packFloat16, unpackBfloat16, unpackFloat16 } from "../../src/float16";
import { packImjoy, unpackImjoy } from "../../src/imjoy";
import { parseJson } from "../../src/json";
import "./arbitrary";

const bits = new DataView(new ArrayBuffer(4));

/** The value of half-precision bits, by the formula of IEEE 754. */
function halfValue(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const [exponent, fraction] = [(half >> 10) & 31, half & 1023];
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -14 * (fraction / 1024));
}

const halves = Uint16Array.from({ length: 65_536 }, (_, half) => half);

test("unpackFloat16() gives the value of each of the 65536 bit patterns", () => {
  expect(unpackFloat16(halves)).toEqual(Float32Array.from(halves, halfValue));
});

test("packFloat16() takes the nearest half-precision number, of two the even one", () => {
  const finite = [...halves].filter((half) => (half & 0x7fff) < 0x7c00);
  const sorted = finite.map((half) => ({ half, value: halfValue(half) }));
  fc.assert(
    fc.property(fc.float({ min: -65_504, max: 65_504, noNaN: true }), (value) => {
      const [packed] = packFloat16(Float32Array.of(value));
      const error = Math.abs(halfValue(packed) - value);
      const best = sorted.reduce((least, one) => Math.min(least, Math.abs(one.value - value)), Infinity);
      expect(error).toBe(best);
      const ties = sorted.filter(
        (one) => Math.abs(one.value - value) === best && one.value !== halfValue(packed),
      );
      if (ties.length > 0) expect(packed & 1).toBe(0);
    }),
    { numRuns: 100 },
  );
});

test("packBfloat16() and unpackBfloat16() keep what fits, and round by at most half a unit", () => {
  fc.assert(
    fc.property(
      fc.float({ noNaN: true, noDefaultInfinity: true, max: Math.fround(1e38), min: Math.fround(-1e38) }),
      (value) => {
        const [back] = unpackBfloat16(packBfloat16(Float32Array.of(value)));
        bits.setFloat32(0, value);
        const unit = 2 ** (Math.max(1, (bits.getUint32(0) >>> 23) & 255) - 127 - 7);
        expect(Math.abs(back - value)).toBeLessThanOrEqual(unit / 2);
        expect(unpackBfloat16(packBfloat16(Float32Array.of(back)))[0]).toBe(back);
      },
    ),
  );
});

test("parseJson() reads plain JSON as JSON.parse() does", () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      // Integers beyond 2^53 are exact here, and rounded there.
      const rounded = (_: string, member: unknown) => (typeof member === "bigint" ? Number(member) : member);
      expect(JSON.stringify(parseJson(Buffer.from(json)), rounded)).toBe(JSON.stringify(JSON.parse(json)));
    }),
  );
});

const value = fc.letrec((tie) => ({
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<unknown>(null, true, false, -0.5, 2 ** 53 - 1, 2n ** 63n, -(2n ** 63n)),
    fc.integer(),
    fc.double({ noNaN: true }),
    fc.string({ unit: "grapheme" }),
    fc.uint8Array({ maxLength: 30 }),
    fc.array(tie("node"), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ minLength: 1 }).filter((key) => key !== "__proto__"),
      tie("node"),
      { maxKeys: 4 },
    ),
  ),
})).node;

test("unpackImjoy() gives any value that packImjoy() was given", () => {
  fc.assert(
    fc.property(value, (given) => {
      expect(unpackImjoy(packImjoy(given))).toEqual(given);
    }),
  );
});

test("unpackImjoy() refuses changed bytes with a DecodeError, or reads another value", () => {
  fc.assert(
    fc.property(value, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }), (given, changes) => {
      const bytes = packImjoy(given).slice();
      for (const [place, byte] of changes) bytes[place % bytes.length] = byte;
      try {
        unpackImjoy(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(DecodeError);
      }
    }),
    { numRuns: 2000 },
  );
});

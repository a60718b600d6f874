import fc from "fast-check";
import { expect, test } from "vitest";
import { packBfloat16, packFloat16, unpackBfloat16, unpackFloat16 } from "../../src/float16";
import "./arbitrary";
import { brainValue, halfValue } from "./reference";

const patterns = Uint16Array.from({ length: 65_536 }, (_, bits) => bits);

const formats = [
  { name: "Float16", pack: packFloat16, unpack: unpackFloat16, decode: halfValue, infinity: 0x7c00 },
  { name: "Bfloat16", pack: packBfloat16, unpack: unpackBfloat16, decode: brainValue, infinity: 0x7f80 },
] as const;

const named = formats.map((format) => [format.name, format] as const);

const bits = new DataView(new ArrayBuffer(4));

const floatOfBits = (pattern: number): number => {
  bits.setUint32(0, pattern);
  return bits.getFloat32(0);
};

/** Any float32 at all, also at and right beside the middle of two numbers of either format. */
const float = fc.oneof(
  fc.float({ noNaN: true }),
  fc.integer({ min: 0, max: 2 ** 32 - 1 }).map(floatOfBits),
  fc
    .tuple(fc.nat(0xffff), fc.integer({ min: -1, max: 1 }))
    .map(([upper, beside]) => floatOfBits(Math.max(0, upper * 0x10000 + 0x8000 + beside))),
  fc
    .tuple(fc.nat(0x7bff), fc.boolean())
    .map(([half, negative]) => ((halfValue(half) + halfValue(half + 1)) / 2) * (negative ? -1 : 1)),
);

test.each(named)("unpack%s() gives the value of each of the 65536 bit patterns", (_, format) => {
  const values = format.unpack(patterns);
  const wrong = patterns.filter((pattern) => !Object.is(values[pattern], format.decode(pattern)));
  expect(wrong).toEqual(new Uint16Array());
});

test.each(named)("pack%s() gives the bits that its reverse was given", (_, format) => {
  const packed = format.pack(format.unpack(patterns));
  const wrong = patterns.filter((pattern) =>
    (pattern & 0x7fff) > format.infinity
      ? !Number.isNaN(format.decode(packed[pattern]))
      : packed[pattern] !== pattern,
  );
  expect(wrong).toEqual(new Uint16Array());
});

/** The bits of the nearest number, of two the even one, found by halving; too large becomes infinite. */
function nearest(value: number, { decode, infinity }: (typeof formats)[number]): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  let [below, above]: [number, number] = [0, infinity];
  while (above - below > 1) {
    const middle = (below + above) >> 1;
    if (decode(middle) <= magnitude) below = middle;
    else above = middle;
  }
  if (magnitude === Number.POSITIVE_INFINITY) return sign | infinity;
  // Where numbers end, rounding goes on as if the next one were there: twice the last power of two.
  const next = above === infinity ? 2 * decode(below) - decode(below - 1) : decode(above);
  const [down, up] = [magnitude - decode(below), next - magnitude];
  return sign | (down < up || (down === up && below % 2 === 0) ? below : above);
}

test.each(named)("pack%s() takes the nearest number, of two the even one", (_, format) => {
  fc.assert(
    fc.property(float, (value) => {
      const [packed] = format.pack(Float32Array.of(value));
      if (Number.isNaN(value)) expect(format.decode(packed)).toBe(Number.NaN);
      else expect(packed).toBe(nearest(Math.fround(value), format));
    }),
    { numRuns: 10_000 },
  );
});

test.each(named)("pack%s() reads views that begin anywhere", (_, format) => {
  fc.assert(
    // Copies may change what kind of NaN a NaN is.
    fc.property(fc.array(fc.float({ noNaN: true })), fc.nat(5), (values, offset) => {
      const whole = Float32Array.from([...Array(offset).fill(1), ...values]);
      expect(format.pack(whole.subarray(offset))).toEqual(format.pack(Float32Array.from(values)));
    }),
  );
});

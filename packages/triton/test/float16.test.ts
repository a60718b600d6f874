import { ndarray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { packBfloat16, packFloat16, unpackBfloat16, unpackFloat16 } from "../src/float16";

const every = Uint16Array.from({ length: 65536 }, (_, bits) => bits);

test("unpackFloat16() gives the values of IEEE 754", () => {
  const bits = Uint16Array.of(
    0x0000,
    0x8000,
    0x3c00,
    0xc000,
    0x3555,
    0x7bff,
    0x0400,
    0x03ff,
    0x0001,
    0x7c00,
    0xfc00,
  );
  expect(Array.from(unpackFloat16(bits))).toEqual([
    0,
    -0,
    1,
    -2,
    0.333251953125,
    65504,
    2 ** -14,
    1023 * 2 ** -24,
    2 ** -24,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ]);
  expect(unpackFloat16(Uint16Array.of(0x7e00))[0]).toBeNaN();
});

test("packFloat16() undoes unpackFloat16() for every bit pattern that is a number", () => {
  const values = unpackFloat16(every);
  const packed = packFloat16(values);
  expect(every.filter((bits, i) => !Number.isNaN(values[i]) && packed[i] !== bits)).toEqual(
    new Uint16Array(),
  );
});

test("packBfloat16() undoes unpackBfloat16() for every bit pattern that is a number", () => {
  const values = unpackBfloat16(every);
  const packed = packBfloat16(values);
  expect(every.filter((bits, i) => !Number.isNaN(values[i]) && packed[i] !== bits)).toEqual(
    new Uint16Array(),
  );
  expect(unpackBfloat16(packBfloat16(Float32Array.of(Number.NaN)))[0]).toBeNaN();
});

test("packFloat16() and packBfloat16() round to nearest, halves to even, as astype() does", () => {
  const values = Float32Array.from(
    { length: 20_000 },
    (_, i) => (i % 2 ? -1 : 1) * 1.00001 ** (i * 15 - 180_000),
  );
  const edges = Float32Array.of(
    65504,
    65519.99,
    65520,
    2 ** -25,
    2 ** -25 * 1.001,
    3 * 2 ** -25,
    2049,
    2051,
    1e30,
    3.4e38,
  );
  for (const set of [values, edges]) {
    expect(unpackFloat16(packFloat16(set))).toEqual(ndarray(set).astype("float16").data);
    expect(unpackBfloat16(packBfloat16(set))).toEqual(ndarray(set).astype("bfloat16").data);
  }
});

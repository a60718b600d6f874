import { dtypes, NdArray, ndarray } from "@bioengine/ndarray";
import { encode } from "@msgpack/msgpack";
import fc from "fast-check";
import { expect, test } from "vitest";
import { dtypeOf, type NumericDatatype } from "../../src/datatype";
import { DecodeError, InputError } from "../../src/error";
import { packImjoy, unpackImjoy } from "../../src/imjoy";
import { elementCount } from "../../src/tensor";
import { elementBits, elementText, tensor } from "./arbitrary";

/** An array of any dtype that numpy has. */
const array = tensor.map(({ datatype, shape, data }) =>
  datatype === "BYTES" || datatype === "BF16"
    ? ndarray(Float64Array.of(1, -0, Number.NaN), [3, 1])
    : new NdArray({ dtype: dtypeOf(datatype), shape, buffer: data }),
);

// msgpack's reader refuses this name.
const key = fc.string({ unit: "grapheme" }).filter((name) => name !== "__proto__");

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<unknown>(null, true, false, 2n ** 63n, -(2n ** 63n), 2n ** 64n - 1n),
    fc.maxSafeInteger(),
    // msgpack's writer makes an integer of -0.
    fc.double().map((value) => value || 0),
    fc.string({ unit: "grapheme" }),
    fc.uint8Array({ maxLength: 300 }),
    array,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

/** A value with its arrays in a form that is compared element by element. */
function plain(value: unknown): unknown {
  if (value instanceof NdArray) {
    const { dtype, shape, data } = value;
    return { dtype, shape, elements: Array.from(data, elementText) };
  }
  if (value instanceof Uint8Array) return { bytes: elementText(value) };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}

test("unpackImjoy() gives any value that packImjoy() was given", () => {
  fc.assert(
    fc.property(value, (given) => {
      expect(plain(unpackImjoy(packImjoy(given)))).toEqual(plain(given));
    }),
    { numRuns: 1000 },
  );
});

test("packImjoy() writes integers as integers, which Python tells from floats", () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (integer) => {
      expect([0xca, 0xcb]).not.toContain(packImjoy(integer)[0]);
    }),
  );
});

test("packImjoy() refuses integers of more than 64 bits", () => {
  fc.assert(
    fc.property(fc.bigInt(2n ** 64n, 2n ** 80n), (integer) => {
      expect(() => packImjoy([integer])).toThrow(InputError);
      expect(() => packImjoy({ a: -integer })).toThrow(InputError);
    }),
  );
});

/** Whether all arrays in a value have as many elements as their shape. */
function expectConsistent(value: unknown): void {
  if (value instanceof NdArray) {
    expect(dtypes).toContain(value.dtype);
    expect(value.data.length).toBe(elementCount(value.shape));
    for (const length of value.shape)
      expect(length).toSatisfy((one) => Number.isSafeInteger(one) && one >= 0);
  } else if (typeof value === "object" && value !== null && !ArrayBuffer.isView(value)) {
    Object.values(value).forEach(expectConsistent);
  }
}

/** What was read, or undefined where a DecodeError said that it can't be. */
function read(bytes: Uint8Array): { value: unknown } | undefined {
  try {
    const value = unpackImjoy(bytes);
    expectConsistent(value);
    return { value };
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

test("unpackImjoy() refuses what was cut anywhere or has more bytes", () => {
  fc.assert(
    fc.property(value, fc.uint8Array({ minLength: 1, maxLength: 9 }), (given, more) => {
      const bytes = packImjoy(given);
      for (let length = 0; length < bytes.length; length++) {
        expect(read(bytes.subarray(0, length))).toBeUndefined();
      }
      expect(read(new Uint8Array(Buffer.concat([bytes, more])))).toBeUndefined();
    }),
    { numRuns: 100 },
  );
});

test("unpackImjoy() never gives an inconsistent array for changed bytes", () => {
  fc.assert(
    fc.property(value, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }), (given, changes) => {
      const bytes = packImjoy(given).slice();
      for (const [place, byte] of changes) bytes[place % bytes.length] = byte;
      read(bytes);
    }),
    { numRuns: 5000 },
  );
});

test("unpackImjoy() refuses garbage with a DecodeError, or reads it", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      read(bytes);
    }),
    { numRuns: 5000 },
  );
});

const length = fc.oneof(
  fc.nat(6),
  fc.constantFrom<unknown>(-1, -2, 0.5, 2 ** 32, 1e300, "2", null, true, 3n, [], {}, [2], 2n ** 63n),
);

const envelope = fc.record(
  {
    _rtype: fc.constant("ndarray"),
    _rvalue: fc.oneof(
      fc.nat(40).map((size) => new Uint8Array(size)),
      fc.constantFrom<unknown>(null, "text", [1, 2], {}),
    ),
    _rshape: fc.oneof(fc.array(length, { maxLength: 3 }), fc.constantFrom<unknown>(null, 4, "4", { 0: 4 })),
    _rdtype: fc.oneof(
      fc.constantFrom<unknown>(...dtypes),
      fc.constantFrom<unknown>("object", ">f4", "toString", null, 3, { toString: 1, valueOf: 1 }),
    ),
  },
  { requiredKeys: ["_rtype"], noNullPrototype: true },
);

const isLength = (value: unknown): boolean =>
  (Number.isSafeInteger(value) && Number(value) >= 0) || value === 3n;

const itemSizes = new Map<unknown, number>(
  Object.entries(elementBits).map(([datatype, bits]) => [dtypeOf(datatype as NumericDatatype), bits / 8]),
);

test("unpackImjoy() reads an array only if its bytes are those of its shape and dtype", () => {
  fc.assert(
    fc.property(envelope, ({ _rtype, ...parts }) => {
      const { _rvalue: bytes, _rshape: shape, _rdtype: dtype } = parts;
      const itemSize = itemSizes.get(dtype);
      const valid =
        bytes instanceof Uint8Array &&
        Array.isArray(shape) &&
        shape.every(isLength) &&
        itemSize !== undefined &&
        bytes.length === shape.map(Number).reduce((size, length) => size * length, itemSize);
      const array = read(encode({ _rtype, ...parts }, { useBigInt64: true }));
      expect(array !== undefined).toBe(valid);
      if (array) expect(plain(array.value)).toMatchObject({ dtype, shape: (shape as unknown[]).map(Number) });
    }),
    { numRuns: 5000 },
  );
});

/** Nested arrays, from the outermost. */
const nestedBytes = (depth: number) => new Uint8Array([...Array(depth).fill(0x91), 0xc0]);

function nested(depth: number): unknown {
  let value: unknown = null;
  for (let i = 0; i < depth; i++) value = i % 2 ? [value] : { a: value };
  return value;
}

test("unpackImjoy() and packImjoy() refuse nesting that would exhaust the stack", () => {
  fc.assert(
    fc.property(fc.oneof(fc.nat(512), fc.integer({ min: 513, max: 50_000 })), (depth) => {
      expect(read(nestedBytes(depth)) !== undefined).toBe(depth <= 512);
      if (depth <= 512) expect(plain(unpackImjoy(packImjoy(nested(depth))))).toEqual(nested(depth));
      else expect(() => packImjoy(nested(depth))).toThrow(InputError);
    }),
    { numRuns: 50 },
  );
  const cyclic: unknown[] = [];
  cyclic.push(cyclic);
  expect(() => packImjoy(cyclic)).toThrow(InputError);
});

test("unpackImjoy() takes no memory for elements that are not there", () => {
  const before = process.memoryUsage().rss;
  // Arrays of 2^25 - 1 elements, each in the one before.
  const bytes = new Uint8Array(Array(50).fill([0xdd, 1, 255, 255, 255]).flat());
  expect(read(bytes)).toBeUndefined();
  expect(process.memoryUsage().rss - before).toBeLessThan(2 ** 28);
});

test("unpackImjoy() refuses msgpack's extension types, and gives its times", () => {
  fc.assert(
    fc.property(fc.integer({ min: -128, max: 127 }), fc.integer(), (type, data) => {
      const bytes = Uint8Array.of(0x91, 0xd6, type & 255, ...new Uint8Array(Int32Array.of(data).buffer));
      const found = read(bytes);
      if (type !== -1) expect(found).toBeUndefined();
      else expect(found?.value).toEqual([expect.any(Date)]);
    }),
  );
});

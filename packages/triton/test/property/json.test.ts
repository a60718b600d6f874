import fc from "fast-check";
import { expect, test } from "vitest";
import { isJsonObject, JsonError, type JsonValue, parseJson } from "../../src/json";
import { byteString } from "./arbitrary";

const parse = (text: string) => parseJson(new TextEncoder().encode(text));

/** The value with its 64-bit integers rounded, as `JSON.parse` rounds them. */
function rounded(value: JsonValue): unknown {
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, rounded(member)]));
}

const plain = fc.oneof(
  fc.json({ stringUnit: "binary", maxDepth: 5 }),
  fc.json({ stringUnit: "grapheme" }),
  fc.jsonValue({ stringUnit: "binary" }).map((value) => JSON.stringify(value, null, "\t \r\n")),
  fc.integer({ min: 1, max: 2 ** 31 }).map((integer) => `[${integer}${integer}${integer}, -${integer}]`),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value.toExponential().toUpperCase()),
);

test("parseJson() reads plain JSON as JSON.parse() does", () => {
  fc.assert(
    fc.property(plain, (json) => {
      expect(rounded(parse(json))).toEqual(JSON.parse(json));
    }),
    { numRuns: 2000 },
  );
});

test("parseJson() keeps integers of 64 bits", () => {
  fc.assert(
    fc.property(fc.bigInt(-(2n ** 65n), 2n ** 66n), (integer) => {
      const exact = BigInt.asIntN(64, integer) === integer || BigInt.asUintN(64, integer) === integer;
      const wanted = exact && !Number.isSafeInteger(Number(integer)) ? integer : Number(integer);
      expect(parse(`[${integer}]`)).toEqual([wanted]);
    }),
    { numRuns: 2000 },
  );
});

/** What was read, or undefined where a JsonError said that it can't be. */
function read(bytes: Uint8Array): { value: JsonValue } | undefined {
  try {
    return { value: parseJson(bytes) };
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}

function parsedOr<T>(json: string, otherwise: T): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return otherwise;
  }
}

const pieces = ['"', "\\", "\\u00", "e", "E", "true", "nul", ..."0019-+.,:{}[] \n"];

/** Pieces of JSON in any order, and JSON that was cut. */
const nearly = fc.oneof(
  fc.array(fc.constantFrom(...pieces)).map((parts) => parts.join("")),
  fc.tuple(plain, fc.nat()).map(([json, place]) =>
    Array.from(json)
      .slice(0, place % (json.length + 1))
      .join(""),
  ),
  fc.string({ unit: "binary" }),
);

test("parseJson() refuses what JSON.parse() refuses, with a JsonError", () => {
  fc.assert(
    fc.property(nearly, (text) => {
      const wanted = parsedOr(text, undefined);
      // What a double can't hold is refused, where JSON.parse makes it infinite.
      const tooBig = typeof JSON.stringify(wanted) === "string" && /\d[eE]\+?\d{3}/.test(text);
      const parsed = read(Buffer.from(text));
      if (!tooBig) expect(parsed && rounded(parsed.value)).toEqual(wanted);
    }),
    { numRuns: 10_000 },
  );
});

test("parseJson() refuses any bytes with a JsonError, or reads them", () => {
  const words = [
    "NaN",
    "Inf",
    "Infinity",
    "-Inf",
    '"\\ud83d',
    "\\ude00",
    "1e999",
    '{"',
    '":',
    "[",
    "]",
    "}",
    ",",
  ];
  const part = fc.oneof(
    fc.constantFrom(...words).map((word) => Buffer.from(word)),
    fc.uint8Array({ maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      read(new Uint8Array(Buffer.concat(parts)));
    }),
    { numRuns: 5000 },
  );
});

/** Bytes as a JSON string: as they are, or as escapes, as `escapes` says by position. */
function quoted(bytes: Uint8Array, escapes: (at: number) => boolean): Buffer {
  const parts = Array.from(bytes, (byte, at) => {
    const mustEscape = byte < 0x20 || byte === 0x22 || byte === 0x5c;
    const escaped = mustEscape || (byte < 0x80 && escapes(at));
    return escaped ? Buffer.from(`\\u${byte.toString(16).padStart(4, "0")}`) : Buffer.of(byte);
  });
  return Buffer.concat([Buffer.of(0x22), ...parts, Buffer.of(0x22)]);
}

test("parseJson() reads strings of any bytes, as text where they are UTF-8", () => {
  const escapes = fc.func(fc.boolean());
  const bytes = fc.oneof(byteString, fc.uint8Array({ minLength: 100, maxLength: 300 }));
  fc.assert(
    fc.property(bytes, escapes, (bytes, escapes) => {
      const value = parseJson(quoted(bytes, escapes));
      const isText = Buffer.from(Buffer.from(bytes).toString()).equals(bytes);
      expect(value).toEqual(isText ? Buffer.from(bytes).toString() : bytes);
    }),
  );
});

test("parseJson() reads members whose names are any bytes, however many", () => {
  const bytes = fc.uint8Array({ min: 0x80, max: 0xff, minLength: 1 });
  fc.assert(
    fc.property(bytes, fc.constantFrom(1, 9, 1_000_000), (bytes, length) => {
      const json = Buffer.concat([Buffer.from('{"'), Buffer.alloc(length, bytes), Buffer.from('":1}')]);
      const value = parseJson(json);
      expect(isJsonObject(value) && Object.values(value)).toEqual([1]);
    }),
    { numRuns: 60 },
  );
});

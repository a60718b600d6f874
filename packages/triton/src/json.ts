/** A JSON value as it is read: integers beyond 2^53 are bigint, text that is not UTF-8 stays bytes. */
export type JsonValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | JsonValue[]
  | { [key: string]: JsonValue };

/** What was read is not JSON; the message ends with the offset in bytes. */
export class JsonError extends SyntaxError {
  override readonly name = "JsonError";
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const latin1 = new TextDecoder("latin1");
const encoder = new TextEncoder();
const maximumDepth = 512;
const [quote, backslash, minus, point, zero] = [0x22, 0x5c, 0x2d, 0x2e, 0x30];
const escapes: Record<number, number> = {
  34: 34,
  47: 47,
  92: 92,
  98: 8,
  102: 12,
  110: 10,
  114: 13,
  116: 9,
};

const isDigit = (byte: number) => byte >= zero && byte <= 0x39;

/**
 * Read JSON as Triton reads and writes it: besides RFC 8259, with NaN, Infinity and Inf, integers of 64 bits, and
 * text of any bytes, all of which `JSON.parse` loses or refuses.
 *
 * @param bytes the JSON text, not modified
 * @throws {JsonError} with the words and offsets of RapidJSON, which Triton uses
 * @example
 * parseJson(new TextEncoder().encode("[NaN, 9007199254740993]")); // [NaN, 9007199254740993n]
 */
export function parseJson(bytes: Uint8Array): JsonValue {
  let position = 0;
  let depth = 0;

  const fail = (message: string, at = position): never => {
    throw new JsonError(`${message} at ${at}`);
  };

  function space(): void {
    for (;;) {
      const byte = bytes[position];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
      position++;
    }
  }

  function literal<T>(word: string, value: T): T {
    for (let i = 0; i < word.length; i++, position++) {
      if (bytes[position] !== word.charCodeAt(i)) fail("Invalid value.");
    }
    return value;
  }

  function nonFinite(): number {
    if (bytes[position] === 0x4e) return literal("NaN", Number.NaN);
    literal("Inf", 0);
    return bytes[position] === 0x69 ? literal("inity", Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
  }

  function digits(message: string): void {
    if (!isDigit(bytes[position])) fail(message);
    while (isDigit(bytes[position])) position++;
  }

  function number(): number | bigint {
    const start = position;
    const negative = bytes[position] === minus;
    if (negative) position++;
    if (bytes[position] === 0x49 || bytes[position] === 0x4e) return negative ? -nonFinite() : nonFinite();
    if (bytes[position] === zero) position++;
    else digits("Invalid value.");
    let whole = true;
    // Most numbers are short integers, and quick to add up.
    if (position - start < 16 && bytes[position] !== point && (bytes[position] | 0x20) !== 0x65) {
      let short = 0;
      for (let i = negative ? start + 1 : start; i < position; i++) short = short * 10 + bytes[i] - zero;
      return negative ? -short : short;
    }
    if (bytes[position] === point) {
      whole = false;
      position++;
      digits("Miss fraction part in number.");
    }
    if (bytes[position] === 0x65 || bytes[position] === 0x45) {
      whole = false;
      position++;
      if (bytes[position] === 0x2b || bytes[position] === minus) position++;
      digits("Miss exponent in number.");
    }
    const text = decoder.decode(bytes.subarray(start, position));
    const value = Number(text);
    if (!Number.isFinite(value)) fail("Number too big to be stored in double.", start);
    if (!whole || Number.isSafeInteger(value)) return value;
    const exact = BigInt(text);
    return BigInt.asUintN(64, exact) === exact || BigInt.asIntN(64, exact) === exact ? exact : value;
  }

  function codeUnit(start: number): number {
    let unit = 0;
    for (let i = 0; i < 4; i++, position++) {
      const digit = Number.parseInt(String.fromCharCode(bytes[position]), 16);
      if (Number.isNaN(digit)) fail("Incorrect hex digit after \\u escape in string.", start);
      unit = unit * 16 + digit;
    }
    return unit;
  }

  function escaped(into: number[]): void {
    const start = position++;
    const byte = bytes[position++];
    if (byte !== 0x75) {
      into.push(escapes[byte] ?? fail("Invalid escape character in string.", start));
      return;
    }
    let text = String.fromCharCode(codeUnit(start));
    if (/[\ud800-\udfff]/.test(text)) {
      if (bytes[position] === backslash && bytes[position + 1] === 0x75) {
        position += 2;
        text += String.fromCharCode(codeUnit(start));
      }
      if (!/^[\ud800-\udbff][\udc00-\udfff]$/.test(text)) {
        fail("The surrogate pair in string is invalid.", start);
      }
    }
    into.push(...encoder.encode(text));
  }

  function string(): string | Uint8Array {
    const start = ++position;
    let unescaped: number[] | undefined;
    for (;;) {
      const byte = bytes[position];
      if (byte === undefined) fail("Missing a closing quotation mark in string.");
      if (byte === quote) break;
      if (byte < 0x20) fail("Invalid escape character in string.");
      if (byte === backslash) {
        unescaped ??= Array.from(bytes.subarray(start, position));
        escaped(unescaped);
        continue;
      }
      unescaped?.push(byte);
      position++;
    }
    const content = new Uint8Array(unescaped ?? bytes.subarray(start, position));
    position++;
    return textOf(content);
  }

  function array(): JsonValue[] {
    const elements: JsonValue[] = [];
    position++;
    space();
    if (bytes[position] === 0x5d) {
      position++;
      return elements;
    }
    for (;;) {
      elements.push(value());
      space();
      const byte = bytes[position];
      if (byte !== 0x2c && byte !== 0x5d) fail("Missing a comma or ']' after an array element.");
      position++;
      if (byte === 0x5d) return elements;
      space();
    }
  }

  function object(): { [key: string]: JsonValue } {
    const members: { [key: string]: JsonValue } = {};
    position++;
    space();
    if (bytes[position] === 0x7d) {
      position++;
      return members;
    }
    for (;;) {
      if (bytes[position] !== quote) fail("Missing a name for object member.");
      const key = string();
      space();
      if (bytes[position] !== 0x3a) fail("Missing a colon after a name of object member.");
      position++;
      space();
      // Defined, not assigned: a member may be called __proto__.
      Object.defineProperty(members, typeof key === "string" ? key : latin1.decode(key), {
        value: value(),
        configurable: true,
        enumerable: true,
        writable: true,
      });
      space();
      const byte = bytes[position];
      if (byte !== 0x2c && byte !== 0x7d) fail("Missing a comma or '}' after an object member.");
      position++;
      if (byte === 0x7d) return members;
      space();
    }
  }

  function value(): JsonValue {
    const byte = bytes[position];
    if (byte === quote) return string();
    if (byte === 0x7b || byte === 0x5b) {
      if (++depth > maximumDepth) fail(`Nested deeper than ${maximumDepth} levels.`);
      const nested = byte === 0x7b ? object() : array();
      depth--;
      return nested;
    }
    if (byte === 0x74) return literal("true", true);
    if (byte === 0x66) return literal("false", false);
    if (byte === 0x6e) return literal("null", null);
    return number();
  }

  space();
  if (position === bytes.length) fail("The document is empty.");
  const root = value();
  space();
  if (position < bytes.length) fail("The document root must not be followed by other values.");
  return root;
}

/** Bytes as text if they are UTF-8, else the bytes themselves. */
export function textOf(bytes: Uint8Array): string | Uint8Array {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return bytes;
    throw error;
  }
}

/** Whether a JSON value is an object. */
export function isJsonObject(value: JsonValue | undefined): value is { [key: string]: JsonValue } {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  );
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { NdArray, ndarray, stack } from "@bioengine/ndarray";
import { describe, expect, test } from "vitest";
import * as filters from "../src/index";

interface Recorded {
  readonly dtype: keyof typeof kinds;
  readonly shape: readonly number[];
  /** The bytes, little-endian, deflated, in base64. */
  readonly data: string;
}
type Argument =
  | { readonly array: string }
  | { readonly arrays: readonly string[] }
  | { readonly value: unknown };
interface Call {
  readonly function: string;
  readonly arguments: readonly Argument[];
  readonly options: Readonly<Record<string, Argument>>;
  readonly tolerance: number;
  readonly expected: Recorded;
}

const { arrays, cases }: { arrays: Record<string, Recorded>; cases: Call[] } = JSON.parse(
  readFileSync(join(__dirname, "fixtures/scikit.json"), "utf8"),
);

const kinds = {
  ...{ bool: Uint8Array, uint8: Uint8Array, uint16: Uint16Array, int16: Int16Array, int32: Int32Array },
  ...{ uint32: Uint32Array, int64: BigInt64Array, float32: Float32Array, float64: Float64Array },
};

const arrayOf = ({ dtype, shape, data }: Recorded): NdArray => {
  const bytes = Uint8Array.from(inflateSync(Buffer.from(data, "base64")));
  return ndarray(new kinds[dtype](bytes.buffer), shape).astype(dtype);
};

function read(argument: Argument): unknown {
  if ("arrays" in argument) return argument.arrays.map((name) => arrayOf(arrays[name]));
  return "array" in argument ? arrayOf(arrays[argument.array]) : argument.value;
}

/** What a call is, in words: `median(blobs16, array21, { mode: mirror })`. */
function titleOf({ function: name, arguments: given, options }: Call): string {
  const word = (argument: Argument) => {
    if ("arrays" in argument) return `[${argument.arrays.join(", ")}]`;
    return "array" in argument ? argument.array : JSON.stringify(argument.value);
  };
  const named = Object.entries(options).map(([option, argument]) => `${option}: ${word(argument)}`);
  const list = [...given.map(word), ...(named.length > 0 ? [`{ ${named.join(", ")} }`] : [])];
  return `${name}(${list.join(", ")})`;
}

// How many arguments come before the options, where one of them may be left out.
const positional: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    ["erosion", "dilation", "opening", "closing", "whiteTophat", "blackTophat", "median", "watershed"].map(
      (name) => [name, 2],
    ),
  ),
  ...Object.fromEntries(["Erosion", "Dilation", "Opening", "Closing"].map((name) => [`binary${name}`, 2])),
};

function outcomeOf(call: Call): NdArray {
  const given = call.arguments.map(read);
  while (given.length < (positional[call.function] ?? 0)) given.push(undefined);
  const options = Object.fromEntries(
    Object.entries(call.options).map(([name, argument]) => [name, read(argument)]),
  );
  if (Object.keys(options).length > 0) given.push(options);
  const work: unknown = Reflect.get(filters, call.function);
  if (typeof work !== "function") throw new Error(`There is no ${call.function}`);
  const result: unknown = work(...given);
  if (Array.isArray(result) && result[1] instanceof NdArray) {
    // The elements of matrices are one array there; of a skeleton and its distances these are compared.
    return result[0].dtype === result[1].dtype ? stack(result) : result[1];
  }
  if (Object.getPrototypeOf(result) === Object.prototype)
    return ndarray(Object.values(Object(result)).flat());
  // Plain numbers have no dtype.
  if (Array.isArray(result)) return ndarray(result).astype(arrayOf(call.expected).dtype);
  return result instanceof NdArray ? result : ndarray(Number(result));
}

/** The first pixel that differs by more than the tolerance, relative to the largest value. */
function difference(found: NdArray, expected: NdArray, tolerance: number): string | undefined {
  const [a, b] = [found.astype("float64").data, expected.astype("float64").data];
  const finite = b.filter((value) => Number.isFinite(value)).map(Math.abs);
  const allowed = tolerance * finite.reduce((most, value) => Math.max(most, value), 1e-3);
  const at = b.findIndex(
    (value, i) => !(Object.is(a[i] + 0, value + 0) || Math.abs(a[i] - value) <= allowed),
  );
  return at < 0 ? undefined : `element ${at} of [${expected.shape.join(", ")}] is ${a[at]} for ${b[at]}`;
}

// Indices and labels, which NumPy has in its widest integers, are int32 here.
const narrowed = (dtype: string): string => (dtype === "int64" ? "int32" : dtype);

const names = [...new Set(cases.map((call) => call.function))];
describe.each(names)("%s() gives scikit-image's values", (name) => {
  const calls = cases.filter((call) => call.function === name);
  test.each(calls.map((call) => [titleOf(call), call] as const))("%s", (_, call) => {
    const expected = arrayOf(call.expected);
    const found = outcomeOf(call);
    expect(found.shape).toEqual(expected.shape);
    if (found.ndim > 0) expect(narrowed(found.dtype)).toBe(narrowed(call.expected.dtype));
    expect(difference(found, expected, call.tolerance)).toBeUndefined();
  });
});

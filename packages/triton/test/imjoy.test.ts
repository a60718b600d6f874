import { NdArray, ndarray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { DecodeError } from "../src/error";
import { packImjoy, unpackImjoy } from "../src/imjoy";

// What imjoy-rpc 0.5.59 and msgpack 1.2.4 write in Python for {"a": np.array([[1, 2]], "uint16"), "b": [True, None, "µ"]}.
const python =
  "82a16184a65f7274797065a76e646172726179a75f7276616c7565c40401000200a75f72736861706592" +
  "0102a75f726474797065a675696e743136a16293c3c0a2c2b5";

const value = () => ({
  a: ndarray([[1, 2]], undefined, { dtype: "uint16" }),
  b: [true, null, "µ"],
});

test("packImjoy() writes the bytes that imjoy-rpc writes in Python", () => {
  expect(Buffer.from(packImjoy(value())).toString("hex")).toBe(python);
});

const unpack = (bytes: Uint8Array) => unpackImjoy(bytes) as Record<string, unknown>;
const described = (value: unknown) => (value instanceof NdArray ? [value.dtype, value.toArray()] : value);

test("unpackImjoy() reads the bytes that imjoy-rpc writes in Python", () => {
  const { a, b } = unpack(Buffer.from(python, "hex"));
  expect(described(a)).toEqual(["uint16", [[1, 2]]]);
  expect(b).toEqual([true, null, "µ"]);
});

test("packImjoy() takes typed arrays, Maps and integers of 64 bits", () => {
  const map = new Map([["key", 1]]);
  const given = { array: Float32Array.of(1, 2), map, big: 2n ** 63n, bytes: Uint8Array.of(1) };
  const { array, ...others } = unpack(packImjoy(given));
  expect(described(array)).toEqual(["float32", [1, 2]]);
  expect(others).toEqual({ map: { key: 1 }, big: 2n ** 63n, bytes: Uint8Array.of(1) });
});

test("packImjoy() refuses what Python could not read", () => {
  expect(() => packImjoy({ run: () => 1 })).toThrow("a value must be an array, text, number or plain object");
  expect(() => packImjoy([new Set()])).toThrow("got a Set");
  expect(() => packImjoy(ndarray([1], undefined, { dtype: "bfloat16" }))).toThrow('write astype("float32")');
});

test("unpackImjoy() refuses arrays whose bytes don't fit their shape", () => {
  const changed = python.replace("920102", "920103");
  expect(() => unpackImjoy(Buffer.from(changed, "hex"))).toThrow(DecodeError);
  expect(() => unpackImjoy(Buffer.from(python.slice(0, -4), "hex"))).toThrow(DecodeError);
});

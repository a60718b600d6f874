import { ndarray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { datatypeOf, dtypeOf, type NumericDatatype } from "../src/datatype";
import { receiveBuffer } from "../src/message";
import { readNumbers, readStrings, readTensor, tensorBytes } from "../src/tensor";

/** Little-endian bytes as numpy's tobytes() gives them. */
const numpy: [NumericDatatype, (number | bigint)[], string][] = [
  ["BOOL", [1, 0], "01 00"],
  ["UINT8", [0, 255], "00 ff"],
  ["UINT16", [1, 65534], "01 00 fe ff"],
  ["UINT32", [1, 4294967295], "01 00 00 00 ff ff ff ff"],
  ["UINT64", [1n, 18446744073709551615n], "01 00 00 00 00 00 00 00 ff ff ff ff ff ff ff ff"],
  ["INT8", [-128, 127], "80 7f"],
  ["INT16", [-2, 258], "fe ff 02 01"],
  ["INT32", [-2, 16909060], "fe ff ff ff 04 03 02 01"],
  ["INT64", [-2n, 9007199254740993n], "fe ff ff ff ff ff ff ff 01 00 00 00 00 00 20 00"],
  ["FP16", [1, -0.5], "00 3c 00 b8"],
  ["BF16", [1, -0.5], "80 3f 00 bf"],
  ["FP32", [1, -0.5], "00 00 80 3f 00 00 00 bf"],
  ["FP64", [1, -0.5], "00 00 00 00 00 00 f0 3f 00 00 00 00 00 00 e0 bf"],
];

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

test.each(numpy)("tensorBytes() and readTensor() agree with numpy on %s", (datatype, values, text) => {
  const dtype = dtypeOf(datatype);
  expect(datatypeOf(dtype)).toBe(datatype);
  const data = values.every((value) => typeof value === "bigint")
    ? ndarray(BigInt64Array.from(values, BigInt)).astype(dtype).data
    : ndarray(Float64Array.from(values, Number)).astype(dtype).data;
  const bytes = tensorBytes({ name: "x", datatype, shape: [2], data });
  expect(hex(bytes)).toBe(text.replaceAll(" ", ""));
  expect(readTensor("x", datatype, [2], bytes)).toEqual({ name: "x", datatype, shape: [2], data });
});

test("readNumbers() shares memory where the alignment allows, and copies elsewhere", () => {
  const bytes = new Uint8Array([0, 0, 0, 0, 0, 0, 128, 63]);
  expect(readNumbers(bytes.subarray(4), "FP32").buffer).toBe(bytes.buffer);
  expect(readNumbers(bytes.subarray(3, 7), "FP32").buffer).not.toBe(bytes.buffer);
  expect(readNumbers(Buffer.from(bytes.buffer, 3, 4), "FP32")).toHaveLength(1);
});

test("receiveBuffer() places the binary data at a multiple of 8", () => {
  for (const headerLength of [0, 1, 7, 8, 93]) {
    const buffer = receiveBuffer(200, headerLength);
    expect(buffer.length).toBe(200);
    expect((buffer.byteOffset + headerLength) % 8).toBe(0);
  }
  expect(receiveBuffer(5, Number.NaN).length).toBe(5);
});

test("readNumbers() refuses a part of an element", () => {
  expect(() => readNumbers(new Uint8Array(6), "FP32")).toThrow(
    "Cannot read FP32: the data must be a multiple of 4 bytes, got 6",
  );
});

test("readStrings() refuses a cut string and a cut length", () => {
  expect(() => readStrings(Uint8Array.of(255, 0, 0, 0, 97))).toThrow(
    "a string of 255 bytes must follow, got 1",
  );
  expect(() => readStrings(Uint8Array.of(1, 0))).toThrow("the length of a string must have 4 bytes, got 2");
});

test("readTensor() refuses another number of elements than the shape's", () => {
  expect(() => readTensor("mask", "UINT16", [2, 2], new Uint8Array(6))).toThrow(
    "Cannot read tensor mask: shape [2, 2] must have 4 elements, got 3",
  );
});

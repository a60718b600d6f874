import { inspect } from "node:util";
import { expect, test } from "vitest";
import { readableBytes } from "../src/bytestext";

const bytes = (text: string): Uint8Array => readableBytes(new TextEncoder().encode(text));

test("readableBytes() prints UTF-8 as its text, and leaves the bytes as they are", () => {
  const info = bytes('{"µm": 1}');
  expect(inspect([info])).toBe('[ Uint8Array(10) of the text {"µm": 1} ]');
  expect(info).toEqual(new TextEncoder().encode('{"µm": 1}'));
  expect(Object.keys(info)).toHaveLength(10);
});

test("readableBytes() prints what is no text as bytes, and a long text in part", () => {
  expect(inspect(readableBytes(Uint8Array.of(0, 255)))).toBe("Uint8Array(2) [ 0, 255 ]");
  expect(inspect(readableBytes(Uint8Array.of(0, 65)))).toBe("Uint8Array(2) [ 0, 65 ]");
  expect(inspect(bytes("x".repeat(5000))).length).toBeLessThan(1100);
});

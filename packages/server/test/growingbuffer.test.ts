import { expect, test } from "vitest";
import { GrowingBuffer } from "../src/growingbuffer";

test("GrowingBuffer joins what comes in pieces, up to its last byte", () => {
  const buffer = new GrowingBuffer(10);
  for (const piece of [[1, 2, 3], [], [4], [5, 6, 7, 8, 9, 10]]) buffer.push(Uint8Array.from(piece));
  expect(buffer.length).toBe(10);
  expect([...buffer.copy(0)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(() => buffer.push(Uint8Array.of(11))).toThrow(RangeError);
});

test("GrowingBuffer places its copy so that what follows the JSON is aligned", () => {
  const buffer = new GrowingBuffer(2 ** 30);
  buffer.push(Uint8Array.of(1, 2, 3, 4, 5));
  const copy = buffer.copy(3);
  expect([...copy]).toEqual([1, 2, 3, 4, 5]);
  expect((copy.byteOffset + 3) % 8).toBe(0);
});

test("GrowingBuffer gives its memory back at once, and leaves copies alone", () => {
  const buffer = new GrowingBuffer(2 ** 30);
  buffer.push(Uint8Array.of(1, 2));
  const copy = buffer.copy(0);
  buffer.push(new Uint8Array(2 ** 28).fill(1));
  const before = process.memoryUsage.rss();
  buffer.free();
  expect(before - process.memoryUsage.rss()).toBeGreaterThan(2 ** 27);
  expect([buffer.length, ...copy]).toEqual([0, 1, 2]);
});

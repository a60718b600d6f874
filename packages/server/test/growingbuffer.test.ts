import { expect, test } from "vitest";
import { GrowingBuffer } from "../src/http/growingbuffer";

test("GrowingBuffer joins what comes in pieces, up to its last byte", async () => {
  const buffer = new GrowingBuffer(10);
  for (const piece of [[1, 2, 3], [], [4], [5, 6, 7, 8, 9, 10]]) buffer.push(Uint8Array.from(piece));
  expect(buffer.length).toBe(10);
  expect([...(await buffer.copy(0))]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(() => buffer.push(Uint8Array.of(11))).toThrow(RangeError);
});

test("GrowingBuffer places its copy so that what follows the JSON is aligned", async () => {
  const buffer = new GrowingBuffer(2 ** 30);
  buffer.push(Uint8Array.of(1, 2, 3, 4, 5));
  const copy = await buffer.copy(3);
  expect([...copy]).toEqual([1, 2, 3, 4, 5]);
  expect((copy.byteOffset + 3) % 8).toBe(0);
});

test("GrowingBuffer copies what takes several steps", async () => {
  const buffer = new GrowingBuffer(2 ** 30);
  const bytes = Uint8Array.from({ length: 2 ** 26 + 5 }, (_, index) => index % 251);
  buffer.push(bytes);
  expect(Buffer.compare(await buffer.copy(1), bytes)).toBe(0);
});

test("GrowingBuffer gives its memory back at once, and leaves copies alone", async () => {
  const buffer = new GrowingBuffer(2 ** 30);
  buffer.push(Uint8Array.of(1, 2));
  const copy = await buffer.copy(0);
  buffer.push(new Uint8Array(2 ** 28).fill(1));
  const before = process.memoryUsage.rss();
  await buffer.free();
  expect(before - process.memoryUsage.rss()).toBeGreaterThan(2 ** 27);
  expect([buffer.length, ...copy]).toEqual([0, 1, 2]);
});

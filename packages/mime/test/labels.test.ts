import { deflateSync, inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { DecodeError, decodeLabels, type EncodedLabels, encodeLabels } from "../src/index";

const deflate = (bytes: Uint8Array): Uint8Array => deflateSync(bytes, { level: 1 });

function payload(labels: EncodedLabels, width: number, height: number, maxLabel: number) {
  return { labels, width, height, maxLabel };
}

function packed(encoding: EncodedLabels["encoding"], bytes: Uint8Array): EncodedLabels {
  return { encoding, data: deflateSync(bytes).toString("base64") };
}

/** A reproducible sequence of integers below `limit` (Park and Miller 1988). */
function noise(length: number, limit: number): Uint32Array {
  let state = 42;
  return Uint32Array.from({ length }, () => {
    state = (state * 48271) % 2147483647;
    return state % limit;
  });
}

async function roundTrip(labels: ArrayLike<number>, width: number, height: number, maxLabel: number) {
  return decodeLabels(payload(encodeLabels(labels, width, height, deflate), width, height, maxLabel));
}

test.each([
  ["one background pixel", [0], 1, 1, 0],
  ["one labelled pixel", [7], 1, 1, 7],
  ["no labels", new Uint8Array(35), 7, 5, 0],
  ["the largest 16-bit label", [0, 65535, 1, 2], 4, 1, 65535],
])("decodeLabels() returns %s exactly", async (_, labels, width, height, maxLabel) => {
  const decoded = await roundTrip(labels, width, height, maxLabel);
  expect(decoded).toEqual(Uint16Array.from(labels));
});

test("decodeLabels() returns labels beyond 65535 as 32-bit", async () => {
  const labels = Uint32Array.of(0, 65536, 4294967295, 1);
  expect(encodeLabels(labels, 2, 2, deflate).encoding).toBe("u32-deflate");
  expect(await roundTrip(labels, 2, 2, 4294967295)).toEqual(labels);
});

test.each([60_000, 3_000_000])("decodeLabels() returns noise of %i labels exactly", async (limit) => {
  const labels = noise(640 * 480, limit);
  expect(Uint32Array.from(await roundTrip(labels, 640, 480, limit))).toEqual(labels);
});

test.each([
  [60_000, Uint16Array],
  [3_000_000, Uint32Array],
])("encodeLabels() packs large masks with labels up to %i as runs", async (limit, type) => {
  const blocks = noise(200, limit);
  const labels = new type(3000 * 3000).map((_, i) => blocks[Math.floor(i / 50_000)]!);
  const encoded = encodeLabels(labels, 3000, 3000, deflate);
  expect(encoded.encoding).toBe("rle-deflate");
  const decoded = await decodeLabels(payload(encoded, 3000, 3000, limit));
  expect(decoded).toBeInstanceOf(type);
  expect(Buffer.compare(new Uint8Array(decoded.buffer), new Uint8Array(labels.buffer))).toBe(0);
});

test("encodeLabels() keeps words for large masks whose runs are short", async () => {
  const labels = noise(3000 * 3000, 50_000);
  expect(encodeLabels(labels, 3000, 3000, () => new Uint8Array(0)).encoding).toBe("u16-deflate");
});

test("encodeLabels() lays words and runs out as documented", () => {
  const words = inflateSync(Buffer.from(encodeLabels([1, 258], 2, 1, deflate).data, "base64"));
  expect([...words]).toEqual([1, 0, 2, 1]);
  const large = new Uint16Array(4000 * 2500).fill(258, 6);
  const runs = inflateSync(Buffer.from(encodeLabels(large, 4000, 2500, deflate).data, "base64"));
  expect([...runs]).toEqual([0, 0, 0, 0, 6, 0, 0, 0, 2, 1, 0, 0, 0x7a, 0x96, 0x98, 0]);
});

test.each([
  [[1.5], "labels must be integers from 0 to 4294967295, got 1.5 at index 0"],
  [[-1], "got -1 at index 0"],
  [[2 ** 32], "got 4294967296 at index 0"],
  [[1, 2], "1×1 pixels need 1 labels, got 2"],
])("encodeLabels() refuses %j", (labels, message) => {
  expect(() => encodeLabels(labels, 1, 1, deflate)).toThrow(message);
});

const words = (...values: number[]) => new Uint8Array(Uint32Array.from(values).buffer);

test.each([
  ["too few bytes", packed("u16-deflate", new Uint8Array(30)), "must inflate to 32 bytes, got 30 bytes"],
  ["too many bytes", packed("u16-deflate", new Uint8Array(34)), "must inflate to 32 bytes, got more bytes"],
  ["words of another width", packed("u32-deflate", new Uint8Array(32)), "must inflate to 64 bytes"],
  ["text that is not base64", { encoding: "u16-deflate", data: "§§" } as const, "must be base64"],
  [
    "truncated base64",
    { encoding: "u16-deflate", data: "eJxjZA" } as const,
    "must be a complete zlib stream",
  ],
  ["no data", { encoding: "rle-deflate", data: "" } as const, "must be a complete zlib stream"],
  [
    "bytes that are not zlib",
    { encoding: "u16-deflate", data: btoa("x".repeat(50)) } as const,
    "zlib stream",
  ],
  [
    "labels above maxLabel",
    packed("u16-deflate", new Uint8Array(32).fill(9)),
    "at most maxLabel (5), got 2313",
  ],
  ["runs above maxLabel", packed("rle-deflate", words(6, 16)), "at most maxLabel (5), got 6"],
  ["runs that end early", packed("rle-deflate", words(1, 15)), "must cover 16 pixels, got 15"],
  ["runs past the end", packed("rle-deflate", words(1, 15, 2, 2)), "1 to 1 pixels long here, got 2"],
  ["empty runs", packed("rle-deflate", words(1, 15, 2, 0)), "1 to 1 pixels long here, got 0"],
  ["half a run", packed("rle-deflate", words(1, 16, 2)), "pairs of 32-bit words, got 4 bytes more"],
])("decodeLabels() refuses %s", async (_, labels, message) => {
  const decoded = decodeLabels(payload(labels, 4, 4, 5));
  await expect(decoded).rejects.toBeInstanceOf(DecodeError);
  await expect(decoded).rejects.toThrow(message);
});

test("decodeLabels() keeps the cause of a broken stream", async () => {
  const error = await decodeLabels(payload({ encoding: "u16-deflate", data: "eJxjZA" }, 4, 4, 5)).catch(
    (e) => e,
  );
  expect(error.field).toBe("labels.data");
  expect(error.cause).toBeInstanceOf(Error);
});

test.each(["u16-deflate", "rle-deflate"] as const)(
  "decodeLabels() stops early in a %s bomb",
  async (encoding) => {
    const bomb = packed(encoding, new Uint8Array(400_000_000));
    const before = process.memoryUsage().arrayBuffers;
    await expect(decodeLabels(payload(bomb, 1000, 1000, 5))).rejects.toBeInstanceOf(DecodeError);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
  },
);

test("decodeLabels() takes no memory for a size that the data cannot have", async () => {
  const before = process.memoryUsage().arrayBuffers;
  const labels = packed("u32-deflate", new Uint8Array(64));
  await expect(decodeLabels(payload(labels, 16384, 16384, 5))).rejects.toThrow(
    "must inflate to 1073741824 bytes",
  );
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { tilesOf } from "../src/tile";

test("tilesOf() leaves a small image whole", () => {
  const all = { top: 0, left: 0, bottom: 640, right: 1000 };
  expect(tilesOf(640, 1000, { scale: 1 })).toEqual([{ core: all, outer: all }]);
  expect(tilesOf(640, 1000, { scale: 2 }).length).toBeGreaterThan(1);
});

test("tilesOf() covers each pixel with one core, and keeps tiles below the side", () => {
  const lengths = fc.integer({ min: 1, max: 700 });
  fc.assert(
    fc.property(lengths, lengths, fc.double({ min: 0.3, max: 3, noNaN: true }), (height, width, scale) => {
      const side = 256;
      const seen = new Uint8Array(height * width);
      for (const { core, outer } of tilesOf(height, width, { scale, side })) {
        for (let y = core.top; y < core.bottom; y++)
          for (let x = core.left; x < core.right; x++) seen[y * width + x]++;
        expect(outer.top).toBeLessThanOrEqual(core.top);
        expect(outer.right).toBeGreaterThanOrEqual(core.right);
        // Cores and margins are rounded to 16 pixels of the image.
        expect((outer.bottom - outer.top) * scale).toBeLessThanOrEqual(side + 64 * scale);
      }
      expect(seen.every((count) => count === 1)).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test("tilesOf() refuses tiles that are all margin", () => {
  expect(() => tilesOf(5000, 5000, { scale: 1, side: 100 })).toThrow(
    "tileSide must be at least 256, got 100",
  );
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { type Outline, OutlineMaker, raysOf } from "../src/stardist/outline";
import { sharedArea } from "../src/stardist/overlap";

const everything = Number.POSITIVE_INFINITY;
const outlineOf = (y: number, x: number, distances: readonly number[]): Outline => {
  const maker = new OutlineMaker(raysOf(distances.length));
  maker.place(y, x, Float32Array.from(distances), 0);
  return maker.cut();
};

test("sharedArea() measures what two squares on their tips share", () => {
  const square = outlineOf(20, 20, [8, 8, 8, 8]);
  expect(square.area).toBe(128);
  expect(sharedArea(square, square, everything)).toBe(128);
  expect(sharedArea(square, outlineOf(20, 28, [8, 8, 8, 8]), everything)).toBe(32);
  expect(sharedArea(square, outlineOf(28, 20, [8, 8, 8, 8]), everything)).toBe(32);
  expect(sharedArea(square, outlineOf(28, 28, [8, 8, 8, 8]), everything)).toBe(0);
  expect(sharedArea(square, outlineOf(20, 20, [4, 4, 4, 4]), everything)).toBe(32);
  expect(sharedArea(square, outlineOf(20, 40, [8, 8, 8, 8]), everything)).toBe(0);
});

test("sharedArea() measures polygons whose sides cross within a row", () => {
  // A wide and a tall rhombus: their sides y = ±(4 - x / 2) and x = ±(4 - y / 2) meet at (8/3, 8/3).
  const wide = outlineOf(20, 20, [8, 4, 8, 4]);
  const tall = outlineOf(20, 20, [4, 8, 4, 8]);
  expect(wide.area).toBe(64);
  expect(sharedArea(wide, tall, everything)).toBeCloseTo(4 * (8 / 3) * 4, 4);
});

test("sharedArea() stops once it has enough", () => {
  const square = outlineOf(20, 20, [8, 8, 8, 8]);
  const part = sharedArea(square, square, 40);
  expect(part).toBeGreaterThan(40);
  expect(part).toBeLessThan(128);
});

test("sharedArea() is the same both ways round, at most the smaller area, and all of it of the same polygon", () => {
  const star = fc.record({
    y: fc.integer({ min: 20, max: 40 }),
    x: fc.integer({ min: 20, max: 40 }),
    distances: fc.array(fc.float({ min: 5, max: 15, noNaN: true }), { minLength: 16, maxLength: 16 }),
  });
  fc.assert(
    fc.property(star, star, (one, other) => {
      const [a, b] = [one, other].map(({ y, x, distances }) => outlineOf(y, x, distances));
      const shared = sharedArea(a, b, everything);
      // Spans are kept in float32.
      expect(sharedArea(b, a, everything)).toBeCloseTo(shared, 2);
      expect(shared).toBeLessThanOrEqual(Math.min(a.area, b.area) + 0.01);
      expect(sharedArea(a, a, everything)).toBeCloseTo(a.area, 2);
    }),
  );
});

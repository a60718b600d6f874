import { ndarray } from "@bioengine/ndarray";
import fc from "fast-check";
import { expect, test } from "vitest";
import { labelsFromStarDist } from "../../src/index";
import { joinObjects, pickObjects, type StarObjects } from "../../src/stardist/starobjects";
import { suppress } from "../../src/stardist/suppression";

const RAYS = 8;
const distance = fc.oneof(
  { weight: 20, arbitrary: fc.float({ min: 0, max: 12, noNaN: true }) },
  { weight: 1, arbitrary: fc.float() },
);
const prediction = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
  .chain(([rows, columns]) =>
    fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(columns),
      probability: fc.array(fc.float(), { minLength: rows * columns, maxLength: rows * columns }),
      distances: fc.array(distance, { minLength: rows * columns * RAYS, maxLength: rows * columns * RAYS }),
    }),
  );

test("labelsFromStarDist() labels any prediction without gaps", () => {
  const options = fc.record({
    grid: fc.integer({ min: 1, max: 4 }),
    probabilityThreshold: fc.constantFrom(0, 0.5),
    nmsThreshold: fc.constantFrom(0, 0.4, 1),
  });
  fc.assert(
    fc.property(prediction, options, ({ rows, columns, probability, distances }, options) => {
      const labels = labelsFromStarDist(
        ndarray(Float32Array.from(probability), [rows, columns]),
        ndarray(Float32Array.from(distances), [rows, columns, RAYS]),
        options,
      );
      const found = new Set(labels.data);
      found.delete(0);
      expect([...found].sort((a, b) => a - b)).toEqual([...found].map((_, index) => index + 1));
      if (!probability.some((value) => value > options.probabilityThreshold)) expect(found.size).toBe(0);
    }),
  );
});

/** Objects of any shape, no two as probable as each other. */
const objects: fc.Arbitrary<StarObjects> = fc.integer({ min: 0, max: 30 }).chain((count) =>
  fc
    .record({
      y: fc.array(fc.double({ min: -20, max: 60, noNaN: true }), { minLength: count, maxLength: count }),
      x: fc.array(fc.double({ min: -20, max: 60, noNaN: true }), { minLength: count, maxLength: count }),
      distances: fc.array(fc.float({ min: 0, max: 20, noNaN: true }), {
        minLength: count * RAYS,
        maxLength: count * RAYS,
      }),
    })
    .map(({ y, x, distances }) => ({
      ...{ count, rays: RAYS, y: Float64Array.from(y), x: Float64Array.from(x) },
      probability: Float32Array.from({ length: count }, (_, index) => ((7 * index) % 31) / 31),
      distances: Float32Array.from(distances),
    })),
);

test("suppress() keeps the same objects in whatever order they come, and all of those when asked again", () => {
  const threshold = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(objects, threshold, fc.nat(30), (given, threshold, turn) => {
      const kept = suppress(given, threshold);
      const order = Int32Array.from({ length: given.count }, (_, index) => (index + turn) % given.count);
      expect(suppress(pickObjects(given, order.reverse()), threshold)).toEqual(kept);
      expect(suppress(kept, threshold)).toEqual(kept);
      expect([...kept.probability]).toEqual([...kept.probability].sort((a, b) => b - a));
    }),
  );
});

test("joinObjects() and pickObjects() take objects apart and put them together again", () => {
  fc.assert(
    fc.property(objects, fc.nat(30), (given, at) => {
      const numbers = Int32Array.from({ length: given.count }, (_, index) => index);
      const parts = [numbers.subarray(0, at), numbers.subarray(at)].map((part) => pickObjects(given, part));
      expect(joinObjects(parts)).toEqual(given);
    }),
  );
});

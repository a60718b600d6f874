import fc from "fast-check";
import { expect, test } from "vitest";
import { followFlows } from "../src/cellpose/follow";

const all = (size: number): Int32Array => Int32Array.from({ length: size }, (_, pixel) => pixel);

test("followFlows() goes along the flows and stops at the border", () => {
  // Down in the first two columns, to the right in the others, a pixel a step.
  const flows = Float32Array.of(5, 5, 0, 0, 5, 5, 0, 0, 5, 5, 0, 0, 0, 0, 5, 5, 0, 0, 5, 5, 0, 0, 5, 5);
  expect([...followFlows(flows, all(12), 3, 4, 200)]).toEqual([8, 9, 3, 3, 8, 9, 7, 7, 8, 9, 11, 11]);
  expect([...followFlows(flows, all(12), 3, 4, 1)]).toEqual([4, 5, 3, 3, 8, 9, 7, 7, 8, 9, 11, 11]);
  expect(followFlows(flows, new Int32Array(0), 3, 4, 200)).toHaveLength(0);
});

test("followFlows() stays where the flow is nothing, and takes the flow of what isn't foreground for nothing", () => {
  const flows = new Float32Array(2 * 9).fill(5, 9);
  expect([...followFlows(flows, Int32Array.of(3), 3, 3, 200)]).toEqual([4]);
  expect([...followFlows(flows.fill(0), Int32Array.of(2, 4, 7), 3, 3, 200)]).toEqual([2, 4, 7]);
});

/** Cellpose's `steps_interp`, one path at a time and every step of it. */
function plainEnd(flows: Float32Array, height: number, width: number, start: number, steps: number): number {
  const size = height * width;
  const at = (axis: number, row: number, column: number): number =>
    Math.fround(flows[axis * size + Math.min(row, height - 1) * width + Math.min(column, width - 1)] / 5);
  const place = [Math.floor(start / width), start % width];
  const limits = [height - 1, width - 1];
  for (let step = 0; step < steps; step++) {
    const [row, column] = place.map(Math.floor);
    const [fy, fx] = [place[0] - row, place[1] - column];
    const moves = [0, 1].map(
      (axis) =>
        at(axis, row, column) * (1 - fy) * (1 - fx) +
        at(axis, row, column + 1) * (1 - fy) * fx +
        at(axis, row + 1, column) * fy * (1 - fx) +
        at(axis, row + 1, column + 1) * fy * fx,
    );
    for (const axis of [0, 1]) {
      const moved = Math.fround(place[axis] + Math.fround(moves[axis]));
      place[axis] = Math.min(Math.max(moved, 0), limits[axis]);
    }
  }
  return Math.floor(place[0]) * width + Math.floor(place[1]);
}

test("followFlows() ends where a plain loop in float32 ends", () => {
  const field = fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
    .chain(([height, width]) =>
      fc.record({
        height: fc.constant(height),
        width: fc.constant(width),
        flows: fc.array(fc.float({ min: -6, max: 6, noNaN: true }), {
          minLength: 2 * height * width,
          maxLength: 2 * height * width,
        }),
      }),
    );
  fc.assert(
    fc.property(field, fc.integer({ min: 1, max: 40 }), ({ height, width, flows }, steps) => {
      const values = Float32Array.from(flows);
      const starts = all(height * width);
      const expected = starts.map((start) => plainEnd(values, height, width, start, steps));
      expect(followFlows(values, starts, height, width, steps)).toEqual(expected);
    }),
  );
});

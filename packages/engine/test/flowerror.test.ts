import { expect, test } from "vitest";
import { flowErrors } from "../src/cellpose/flowerror";

const labels = Int32Array.from("....11...333." + ".2..11...333." + "....11...333.", (label) =>
  label === "." ? 0 : Number(label),
);
const [height, width] = [3, 13];
const size = height * width;

test("flowErrors() is 0 for flows to the middle, 1 for none, and 4 where they are the opposite", () => {
  const flows = new Float32Array(2 * size);
  const sides = [-1, 0, 1];
  for (const y of sides) {
    for (const x of sides) {
      const [pixel, length] = [(y + 1) * width + x + 10, Math.hypot(y, x) || 1];
      flows[pixel] = (-5 * y) / length;
      flows[size + pixel] = (-5 * x) / length;
    }
  }
  // Up to float32, which flows are in.
  const errors = flowErrors(flows, labels, height, width, 3);
  expect(errors[3]).toBeCloseTo(0, 8);
  // One pixel has no direction: its heat is the same on all sides.
  expect(errors[2]).toBe(0);
  // Without flows each pixel is off by a unit vector.
  expect(errors[1]).toBeCloseTo(1, 8);
  // All but the middle, which has no direction.
  const opposite = flowErrors(
    flows.map((value) => -value),
    labels,
    height,
    width,
    3,
  );
  expect(opposite[3]).toBeCloseTo((8 * 4) / 9, 8);
});

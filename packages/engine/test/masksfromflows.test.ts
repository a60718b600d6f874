import { zeros } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { type MasksFromFlowsOptions, masksFromFlows } from "../src/index";
import { agreement, fixture } from "./fixture";

const { flows, probability, ...expected } = fixture("dynamics.bin.gz", ["flows", "probability"]);

const cases: Record<string, MasksFromFlowsOptions> = {
  default: {},
  unchecked: { flowThreshold: 0 },
  strict: { flowThreshold: 0.15, minSize: 60, cellProbabilityThreshold: 1 },
};
for (const [name, options] of Object.entries(cases)) {
  test(`masksFromFlows() makes the masks of cellpose's compute_masks: ${name}`, () => {
    const result = agreement(expected[name], masksFromFlows(flows, probability, options));
    expect(result.found).toBe(result.expected);
    expect(result.expected).toBeGreaterThan(20);
    // Paths are followed in float64 here and in float32 there, which can move single pixels.
    expect(result.iou).toBeGreaterThan(0.999);
  });
}

test("masksFromFlows() gives an empty mask where nothing is probable", () => {
  const mask = masksFromFlows(zeros([2, 9, 7], "float32"), zeros([9, 7], "float32").subtract(5));
  expect(mask).toMatchObject({ dtype: "int32", role: "labels", shape: [9, 7] });
  expect(mask.max()).toBe(0);
});

test("masksFromFlows() fills a hole and drops a mask below minSize", () => {
  const side = 40;
  const field = zeros([2, side, side], "float32");
  const inside = zeros([side, side], "float32").subtract(5);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [dy, dx] = [15 - y, 15 - x];
      const radius = Math.hypot(dy, dx);
      if (radius > 8 || (y === 12 && x === 12)) continue;
      inside.set(5, y, x);
      field.set(radius > 0.7 ? (5 * dy) / radius : 0, 0, y, x);
      field.set(radius > 0.7 ? (5 * dx) / radius : 0, 1, y, x);
    }
  }
  const options = { flowThreshold: 0, minSize: 15 };
  const mask = masksFromFlows(field, inside, options);
  expect(mask.max()).toBe(1);
  expect(mask.get(12, 12)).toBe(1);
  expect(masksFromFlows(field, inside, { ...options, minSize: 1000 }).max()).toBe(0);
});

test("masksFromFlows() names wrong dtypes and shapes", () => {
  expect(() => masksFromFlows(zeros([2, 4, 4]), zeros([4, 4], "float32"))).toThrow('astype("float32")');
  expect(() => masksFromFlows(zeros([2, 4, 5], "float32"), zeros([4, 4], "float32"))).toThrow(
    "the axes must be [2, y, x] and [y, x], got shapes [2, 4, 5] and [4, 4]",
  );
});

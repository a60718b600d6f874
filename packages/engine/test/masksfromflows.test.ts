import { full, ndarray, zeros } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { labelsOfFlows } from "../src/cellpose/masksfromflows";
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
    expect(result.iou).toBeGreaterThan(0.999);
  });
}

const nuclei = fixture("nuclei.bin.gz", ["flows", "cellProbability", "distances"]);
const onNuclei: Record<string, MasksFromFlowsOptions> = {
  default: {},
  loose: { flowThreshold: 0.8, cellProbabilityThreshold: -1 },
  strict: { flowThreshold: 0.2, minSize: 60, cellProbabilityThreshold: 1 },
};
for (const [name, options] of Object.entries(onNuclei)) {
  test(`masksFromFlows() makes each mask of compute_masks from a network's flows: ${name}`, () => {
    const result = agreement(
      nuclei[`flows ${name}`],
      masksFromFlows(nuclei.flows, nuclei.cellProbability, options),
    );
    expect(result.found).toBe(result.expected);
    expect(result.expected).toBeGreaterThan(20);
    expect(result.least).toBeGreaterThan(0.999);
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

test("masksFromFlows() takes what isn't finite for background", () => {
  const wrong = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const [holes, spots, blank] = [flows.copy(), probability.copy(), probability.copy()];
  for (let y = 0; y < 160; y += 7) {
    holes.set(wrong[y % 3], y % 2, y, 40);
    spots.set(wrong[y % 3], y, 90);
    blank.set(-10, y, 40);
    blank.set(-10, y, 90);
  }
  expect(masksFromFlows(holes, spots).data).toEqual(masksFromFlows(flows, blank).data);
  for (const value of wrong) {
    expect(masksFromFlows(full([2, 9, 9], value, "float32"), full([9, 9], value, "float32")).max()).toBe(0);
  }
});

test("masksFromFlows() finds nothing where flows are all zero, and takes images of one pixel", () => {
  expect(masksFromFlows(zeros([2, 30, 30], "float32"), full([30, 30], 3, "float32")).max()).toBe(0);
  expect(masksFromFlows(zeros([2, 1, 1], "float32"), full([1, 1], 3, "float32")).shape).toEqual([1, 1]);
});

test("masksFromFlows() drops a mask of more than 40 % of the image", () => {
  const side = 20;
  const toCentre = new Float32Array(2 * side * side);
  for (let pixel = 0; pixel < side * side; pixel++) {
    const [dy, dx] = [10 - Math.floor(pixel / side), 10 - (pixel % side)];
    const radius = Math.hypot(dy, dx) || 1;
    toCentre[pixel] = (5 * dy) / radius;
    toCentre[side * side + pixel] = (5 * dx) / radius;
  }
  const everywhere = new Float32Array(side * side).fill(4);
  expect(new Set(labelsOfFlows(toCentre, everywhere, side, side))).toEqual(new Set([0]));
  const disc = everywhere.map((value, pixel) =>
    Math.hypot(Math.floor(pixel / side) - 10, (pixel % side) - 10) < 6 ? value : -4,
  );
  expect(new Set(labelsOfFlows(toCentre, disc, side, side, { flowThreshold: 0 }))).toEqual(new Set([0, 1]));
});

test("masksFromFlows() segments ten million foreground pixels", () => {
  const [side, cell] = [3200, 40];
  const [field, inside] = [new Float32Array(2 * side * side), new Float32Array(side * side).fill(5)];
  // In each step half the way to the middle of a square.
  for (let y = 0, pixel = 0; y < side; y++) {
    for (let x = 0; x < side; x++, pixel++) {
      field[pixel] = 2.5 * (cell / 2 - (y % cell));
      field[side * side + pixel] = 2.5 * (cell / 2 - (x % cell));
    }
  }
  const options = { flowThreshold: 0 };
  const mask = masksFromFlows(ndarray(field, [2, side, side]), ndarray(inside, [side, side]), options);
  expect(mask.max()).toBe((side / cell) ** 2);
  expect(mask.get(side - 1, side - 1)).toBe(mask.get(side - cell + 1, side - cell + 1));
});

test("masksFromFlows() names wrong dtypes and shapes", () => {
  expect(() => masksFromFlows(zeros([2, 4, 4]), zeros([4, 4], "float32"))).toThrow('astype("float32")');
  expect(() => masksFromFlows(zeros([2, 4, 5], "float32"), zeros([4, 4], "float32"))).toThrow(
    "the axes must be [2, y, x] and [y, x], got shapes [2, 4, 5] and [4, 4]",
  );
});

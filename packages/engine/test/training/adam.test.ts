import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newAdamState, updateByAdam } from "../../src/training/adam";

/** Gradients, and what PyTorch made of the weights in float64, update by update: `training/record_losses.py`. */
const { adam }: { adam: { gradients: number[][]; weights: number[][] } } = JSON.parse(
  readFileSync(join(__dirname, "../fixtures/losses.json"), "utf8"),
);

test("updateByAdam() moves weights as torch.optim.Adam does, large and tiny gradients and none", () => {
  const state = newAdamState(Float32Array.of(0.5, -0.25, 0.125, 1, 0));
  for (const [step, gradient] of adam.gradients.entries()) {
    updateByAdam(state, Float32Array.from(gradient), 1e-3);
    for (const [index, weight] of adam.weights[step].entries()) {
      // A float32 is rounded at each of the 12 updates. Measured: 2.9e-8 at a weight of 1, 5e-11 at one of 0.0017.
      const tolerance = 1e-9 + 12 * 2 ** -24 * Math.abs(weight);
      expect(Math.abs(state.weights[index] - weight)).toBeLessThan(tolerance);
    }
  }
  expect(state.iterations).toBe(12);
});

test("updateByAdam() follows a scaled gradient as it does the product", () => {
  const [scaled, plain] = [newAdamState(Float32Array.of(1, 2)), newAdamState(Float32Array.of(1, 2))];
  for (let step = 0; step < 3; step++) {
    // Powers of two are exact.
    updateByAdam(scaled, Float32Array.of(4, -0.5), 0.01, 0.25);
    updateByAdam(plain, Float32Array.of(1, -0.125), 0.01);
  }
  expect(scaled).toEqual(plain);
});

test("updateByAdam() updates each of many weights as if it were alone", () => {
  const count = 2 * 8192 + 3;
  const weightAt = (index: number) => Math.sin(index);
  const slopeAt = (index: number, step: number) => Math.cos(index * step) / 8;
  const state = newAdamState(Float32Array.from({ length: count }, (_, index) => weightAt(index)));
  const picked = [0, 1, 8191, 8192, 16383, 16384, count - 1];
  const alone = picked.map((index) => newAdamState(Float32Array.of(weightAt(index))));
  for (const step of [1, 2]) {
    updateByAdam(
      state,
      Float32Array.from({ length: count }, (_, index) => slopeAt(index, step)),
      0.01,
    );
    for (const [number, index] of picked.entries()) {
      updateByAdam(alone[number], Float32Array.of(slopeAt(index, step)), 0.01);
    }
  }
  for (const [number, index] of picked.entries()) {
    for (const part of ["weights", "average", "first", "second"] as const) {
      expect(state[part][index], `${part} at ${index}`).toBe(alone[number][part][0]);
    }
  }
});

test("updateByAdam() averages weights over few updates at first, over fifty in the end", () => {
  const state = newAdamState(Float32Array.of(0));
  state.weights[0] = 1;
  // Without a gradient the weight stays, and the average nears it: its distance falls to (1 + t) / (10 + t) of it.
  for (let step = 0; step < 3; step++) updateByAdam(state, Float32Array.of(0), 1e-3);
  expect(state.weights[0]).toBe(1);
  expect(state.average[0]).toBeCloseTo(1 - (2 / 11) * (3 / 12) * (4 / 13), 6);
  const late = { ...newAdamState(Float32Array.of(0)), iterations: 5000 };
  late.weights[0] = 1;
  updateByAdam(late, Float32Array.of(0), 1e-3);
  expect(late.average[0]).toBeCloseTo(0.02, 6);
});

test("newAdamState() takes the weights over, and copies them for their average", () => {
  const weights = Float32Array.of(1, 2);
  const state = newAdamState(weights);
  expect(state.weights).toBe(weights);
  updateByAdam(state, Float32Array.of(1, 1), 0.5);
  expect(weights[0]).toBeCloseTo(0.5, 6);
  // 9 / 11 of the way.
  expect(state.average[0]).toBeCloseTo(1 - 0.5 * (9 / 11), 6);
});

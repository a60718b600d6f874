import { expect, test } from "vitest";
import { positionOn, roundStep, ticksBetween, tickText, valueAt } from "../src/plot/axis";

test("positionOn() and valueAt() are each other's inverse, also on an axis that points up", () => {
  const axis = { low: 10, high: 30, start: 200, end: 0 };
  expect(positionOn(axis, 15)).toBe(150);
  expect(valueAt(axis, 150)).toBe(15);
});

test("ticksBetween() gives round numbers within the range, without noise", () => {
  expect(ticksBetween(0, 10, 5)).toEqual([0, 2, 4, 6, 8, 10]);
  expect(ticksBetween(0.05, 0.42, 4)).toEqual([0.1, 0.2, 0.3, 0.4]);
  expect(ticksBetween(-3, 3, 3)).toEqual([-2, 0, 2]);
});

test("roundStep() is never below what is asked for", () => {
  expect([0.3, 1, 1.1, 4, 6, 0.0021].map(roundStep)).toEqual([0.5, 1, 2, 5, 10, 0.005]);
});

test("tickText() writes the very large and the very small with an exponent", () => {
  expect([0, 1500, 2e6, 2e-5, -0.25].map(tickText)).toEqual(["0", "1500", "2e6", "2e-5", "-0.25"]);
});

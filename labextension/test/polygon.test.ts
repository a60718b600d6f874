import { expect, test } from "vitest";
import { isInside, rectangle } from "../src/mask/polygon";

test("isInside() a rectangle, whichever corner it was begun at", () => {
  for (const corners of [
    rectangle({ x: 1, y: 2 }, { x: 4, y: 5 }),
    rectangle({ x: 4, y: 2 }, { x: 1, y: 5 }),
  ]) {
    expect(isInside({ x: 2, y: 3 }, corners)).toBe(true);
    expect(isInside({ x: 0.9, y: 3 }, corners)).toBe(false);
    expect(isInside({ x: 2, y: 5.1 }, corners)).toBe(false);
  }
});

test("isInside() of a U is not between its arms", () => {
  const u = [
    [0, 0],
    [2, 0],
    [2, 6],
    [4, 6],
    [4, 0],
    [6, 0],
    [6, 8],
    [0, 8],
  ].map(([x, y]) => ({ x, y }));
  expect([1, 3, 5].map((x) => isInside({ x, y: 3 }, u))).toEqual([true, false, true]);
  expect(isInside({ x: 3, y: 7 }, u)).toBe(true);
});

test("isInside() a single position is nothing", () => {
  expect(isInside({ x: 1, y: 1 }, [{ x: 1, y: 1 }])).toBe(false);
});

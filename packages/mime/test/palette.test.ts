import { expect, test } from "vitest";
import { toOklab, visions } from "../scripts/colourvision.mjs";
import { labelColors, PALETTE_SIZE } from "../src/index";

const colours = Array.from({ length: PALETTE_SIZE }, (_, i) => [
  ...labelColors(PALETTE_SIZE).slice(4 * i + 4, 4 * i + 7),
]);

function distance(a: number[], b: number[]): number {
  return Math.hypot(...a.map((value, i) => value - b[i]!));
}

test("labelColors() leaves the background transparent and labels opaque", () => {
  expect([...labelColors(0)]).toEqual([0, 0, 0, 0]);
  const rgba = labelColors(3);
  expect(rgba).toHaveLength(16);
  expect([rgba[3], rgba[7], rgba[11], rgba[15]]).toEqual([0, 255, 255, 255]);
});

test("labelColors() gives a label the same colour whatever the count", () => {
  const many = labelColors(1000);
  for (const count of [1, 47, 48, 49, 96, 97, 500]) {
    expect(labelColors(count)).toEqual(many.slice(0, 4 * (count + 1)));
  }
  expect(many.slice(4 * 7, 4 * 8)).toEqual(many.slice(4 * (7 + PALETTE_SIZE), 4 * (8 + PALETTE_SIZE)));
});

test("labelColors() has no colour twice", () => {
  expect(new Set(colours.map(String)).size).toBe(PALETTE_SIZE);
});

// Differences of 0.02 in OKLab are just noticeable side by side; 0.15 is one to name.
test.each([
  [1, 0.15],
  [2, 0.08],
  [3, 0.05],
  [4, 0.05],
])("labels %i apart differ by %f in OKLab for normal and colour-blind eyes", (apart, least) => {
  for (const vision of visions) {
    const seen = colours.map((rgb) => toOklab(vision(rgb)));
    const distances = seen.map((lab, i) => distance(lab, seen[(i + apart) % PALETTE_SIZE]!));
    expect(Math.min(...distances)).toBeGreaterThan(least);
  }
});

test("every label colour stands out on black and from every grey", () => {
  for (const rgb of colours) {
    const [lightness, a, b] = toOklab(rgb);
    expect(lightness).toBeGreaterThan(0.6);
    expect(Math.hypot(a!, b!)).toBeGreaterThan(0.095);
  }
});

test.each([-1, 1.5, 2 ** 24 + 1])("labelColors() refuses %f", (count) => {
  expect(() => labelColors(count)).toThrow(`count must be an integer from 0 to 16777216, got ${count}`);
});

import { expect, test } from "vitest";
import { objectProbability } from "../../src/training/objectprobability";
import { starDistances } from "../../src/training/stardistances";
import { fixture } from "../fixture";

const images = fixture("targets.bin.gz", []);

/** Both targets of whole images. */
function starTargets(labels: Int32Array, height: number, width: number, { rays = 32, grid = 2 } = {}) {
  const [rows, columns] = [height, width].map((side) => ({
    start: 0,
    step: grid,
    count: Math.ceil(side / grid),
  }));
  return {
    distances: starDistances(labels, height, width, rows, columns, rays),
    probability: objectProbability(labels, width),
  };
}

function greatestDifference(expected: Float32Array, found: Float32Array): number {
  expect(found.length).toBe(expected.length);
  return expected.reduce((most, value, index) => Math.max(most, Math.abs(value - found[index])), 0);
}

for (const name of ["nuclei", "drawn", "filled"]) {
  test(`starDistances() and objectProbability() give what StarDist's star_dist and edt_prob give: ${name}`, () => {
    const labels = images[`${name} labels`];
    const [height, width] = labels.shape;
    const { distances, probability } = starTargets(labels.astype("int32").data, height, width);
    // StarDist adds up its steps in float32.
    const far = greatestDifference(images[`${name} distances`].data as Float32Array, distances);
    expect(far).toBeLessThan(1e-4);
    // Both are exact up to the last float32 division.
    const off = greatestDifference(images[`${name} probability`].data as Float32Array, probability);
    expect(off).toBeLessThan(1e-6);
  });
}

test("starDistances() measures to the border of the last pixel, in the given directions", () => {
  const rows = [".....", ".777.", ".777.", ".777.", "....1"];
  const labels = Int32Array.from(rows.join(""), (label) => Number(label) || 0);
  const { distances, probability } = starTargets(labels, 5, 5, { rays: 4, grid: 1 });
  const at = (y: number, x: number) => [0, 1, 2, 3].map((ray) => distances[ray * 25 + y * 5 + x]);
  expect(at(1, 1)).toEqual([2.5, 2.5, 0.5, 0.5]);
  expect(at(2, 2)).toEqual([1.5, 1.5, 1.5, 1.5]);
  expect(at(4, 4)).toEqual([0.5, 0.5, 0.5, 0.5]);
  expect(at(0, 0)).toEqual([0, 0, 0, 0]);
  expect([0, 6, 12, 24].map((pixel) => probability[pixel])).toEqual([0, 0.5, 1, 1]);
});

test("starDistances() and objectProbability() of an image without objects is 0", () => {
  const { distances, probability } = starTargets(new Int32Array(15), 3, 5);
  expect(distances).toEqual(new Float32Array(32 * 2 * 3));
  expect(probability).toEqual(new Float32Array(15));
});

import { full, zeros } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { type LabelsFromStarDistOptions, labelsFromStarDist } from "../src/index";
import { agreement, fixture } from "./fixture";

const { distances, probability, ...expected } = fixture("polygons.bin.gz", ["distances"]);

const cases: Record<string, LabelsFromStarDistOptions> = {
  default: {},
  loose: { probabilityThreshold: 0.3, nmsThreshold: 0.7 },
  strict: { probabilityThreshold: 0.4, nmsThreshold: 0.1 },
};
for (const [name, options] of Object.entries(cases)) {
  test(`labelsFromStarDist() makes the labels of StarDist's NMS and polygons_to_label: ${name}`, () => {
    const result = agreement(expected[name], labelsFromStarDist(probability, distances, options));
    expect(result.found).toBe(result.expected);
    expect(result.expected).toBeGreaterThan(20);
    expect(result.iou).toBeGreaterThan(0.999);
  });
}

const nuclei = fixture("nuclei.bin.gz", ["flows", "cellProbability", "distances"]);
const onNuclei: Record<string, LabelsFromStarDistOptions> = {
  default: {},
  loose: { probabilityThreshold: 0.3, nmsThreshold: 0.7 },
  strict: { probabilityThreshold: 0.7, nmsThreshold: 0.1 },
};
for (const [name, options] of Object.entries(onNuclei)) {
  test(`labelsFromStarDist() makes each label of StarDist from a network's prediction: ${name}`, () => {
    const result = agreement(
      nuclei[`stars ${name}`],
      labelsFromStarDist(nuclei.probability, nuclei.distances, options),
    );
    expect(result.found).toBe(result.expected);
    expect(result.expected).toBeGreaterThan(20);
    expect(result.least).toBeGreaterThan(0.999);
  });
}

test("labelsFromStarDist() paints the more probable of two touching discs on top", () => {
  const scores = zeros([16, 32], "float32");
  scores.set(0.9, 8, 10);
  scores.set(0.8, 8, 18);
  const labels = labelsFromStarDist(scores, full([16, 32, 32], 5, "float32"), { grid: 1, nmsThreshold: 0.5 });
  expect(labels.max()).toBe(2);
  expect([10, 14, 18].map((x) => labels.get(8, x))).toEqual([1, 1, 2]);
});

test("labelsFromStarDist() gives an empty mask where nothing is probable, and skips what isn't finite", () => {
  expect(labelsFromStarDist(zeros([4, 4], "float32"), zeros([4, 4, 32], "float32")).max()).toBe(0);
  const infinite = full([4, 4, 32], Number.POSITIVE_INFINITY, "float32");
  expect(labelsFromStarDist(full([4, 4], 1, "float32"), infinite).max()).toBe(0);
});

test("labelsFromStarDist() names wrong dtypes and shapes", () => {
  expect(() => labelsFromStarDist(zeros([4, 4]), zeros([4, 4, 32], "float32"))).toThrow('astype("float32")');
  expect(() => labelsFromStarDist(zeros([4, 4], "float32"), zeros([32, 4, 4], "float32"))).toThrow(
    "[y, x, ray]",
  );
});

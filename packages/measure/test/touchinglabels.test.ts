import { stack } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { labelOverlaps, matching, matchingTable, touchingLabels } from "../src/index";
import { drawn } from "./grid";

const rowsOf = (labels: ReturnType<typeof drawn>, connectivity?: number) =>
  touchingLabels(labels, connectivity === undefined ? {} : { connectivity })
    .rows()
    .map(({ label, neighbour, contacts }) => [label, neighbour, contacts]);

test("touchingLabels() counts the edges between labels, from both sides", () => {
  const labels = drawn("1122.", "1122.", "..334", "55...");
  expect(rowsOf(labels)).toEqual([
    [1, 2, 2],
    [2, 1, 2],
    [2, 3, 2],
    [3, 2, 2],
    [3, 4, 1],
    [4, 3, 1],
  ]);
});

test("touchingLabels() counts corners where connectivity says so, and faces in 3-D", () => {
  expect(rowsOf(drawn("1.", ".2"))).toEqual([]);
  expect(rowsOf(drawn("1.", ".2"), 2)).toEqual([
    [1, 2, 1],
    [2, 1, 1],
  ]);
  expect(rowsOf(stack([drawn("11."), drawn("222")]))).toEqual([
    [1, 2, 2],
    [2, 1, 2],
  ]);
  expect(() => touchingLabels(drawn("1"), { connectivity: 3 })).toThrow(
    "Cannot find touching labels: connectivity must be from 1 to 2, got 3",
  );
});

test("touchingLabels() tells how many neighbours an object has", () => {
  const counts = touchingLabels(drawn("123", "111")).groupBy("label").count();
  expect(counts.rows()).toEqual([
    { label: 1, count: 2 },
    { label: 2, count: 2 },
    { label: 3, count: 2 },
  ]);
});

test("labelOverlaps() gives the pixels that pairs share, and their shares", () => {
  const overlaps = labelOverlaps(drawn("1111.2", "1111.2"), drawn("33..44", "3....4"));
  expect(overlaps.rows()).toEqual([
    { label_a: 1, label_b: 3, pixels: 3, share_a: 3 / 8, share_b: 1, iou: 3 / 8 },
    { label_a: 2, label_b: 4, pixels: 2, share_a: 1, share_b: 2 / 3, iou: 2 / 3 },
  ]);
  expect(() => labelOverlaps(drawn("1"), drawn("12"))).toThrow(
    "both must have one shape, got [1, 1] and [1, 2]",
  );
});

// 1 matches 9; 2 is over 1 and 2; 3 and 4 are parts of 3; 5 is nothing's; nothing is over 4.
const prediction = drawn("11.2222.", "11.2222.", "........", "33445...", "33445...", "........");
const truth = drawn("99.1122.", "99.1122.", "........", "3333....", "3333..44", "......44");

test("matching() tells which objects were split and merged", () => {
  const { splits, merges } = matching(truth, prediction);
  expect(splits).toEqual([[3, [3, 4]]]);
  expect(merges).toEqual([[2, [1, 2]]]);
});

test("matchingTable() has a row for each threshold", () => {
  // At 0.5: 1 with 9, one half of 2 and one of 3; above, 1 with 9 alone.
  const table = matchingTable(truth, prediction, { thresholds: [0.5, 0.6] });
  expect(table.rows()).toEqual([
    {
      threshold: 0.5,
      true_positives: 3,
      false_positives: 2,
      false_negatives: 2,
      precision: 0.6,
      recall: 0.6,
      f1: 0.6,
      average_precision: 3 / 7,
      mean_matched_iou: 2 / 3,
    },
    {
      threshold: 0.6,
      true_positives: 1,
      false_positives: 4,
      false_negatives: 4,
      precision: 0.2,
      recall: 0.2,
      f1: 0.2,
      average_precision: 1 / 9,
      mean_matched_iou: 1,
    },
  ]);
  expect(matchingTable(truth, truth).column("threshold")).toEqual(
    new Float64Array([0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95]),
  );
  expect(() => matchingTable(truth, truth, { thresholds: 0.5 as never })).toThrow(
    "thresholds must be a list, got 0.5",
  );
});

import { expect, test } from "vitest";
import { linkSelection, selectedLabels } from "../src/selection";

test("linkSelection() tells every other view of the same mask, and only those", () => {
  const heard: string[] = [];
  const mask = linkSelection("a", (labels) => heard.push(`mask ${labels}`));
  const table = linkSelection("a", (labels) => heard.push(`table ${labels}`));
  const other = linkSelection("b", (labels) => heard.push(`other ${labels}`));
  mask.select([7, 3, 7]);
  table.select([]);
  expect(heard).toEqual(["table 3,7", "mask "]);
  expect(other.labels).toEqual([]);
  for (const link of [mask, table, other]) link.dispose();
});

test("linkSelection() gives a late view the selection, which ends with the last view", () => {
  const first = linkSelection("c", () => {});
  first.select([4]);
  const late = linkSelection("c", () => {});
  expect(late.labels).toEqual([4]);
  first.dispose();
  expect(late.labels).toEqual([4]);
  late.dispose();
  const next = linkSelection("c", () => {});
  expect(next.labels).toEqual([]);
  next.dispose();
});

test("selectedLabels() knows what is selected, and of which mask no view shows anything", () => {
  const link = linkSelection("d", () => {});
  link.select([5, 2]);
  expect(selectedLabels("d")).toEqual([2, 5]);
  link.dispose();
  expect(selectedLabels("d")).toBeNull();
});

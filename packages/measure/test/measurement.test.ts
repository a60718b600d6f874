import { stack, zeros } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { regionpropsTable } from "../src/index";
import { drawn } from "./grid";

test("regionpropsTable() says how the channels of an image come last", () => {
  const mask = drawn("11.", ".22");
  const image = stack([mask.multiply(10), mask.multiply(20)]);
  const properties = ["label", "intensity_mean"];
  expect(() => regionpropsTable(mask, { image, properties })).toThrow(
    "got [2, 2, 3]; with the channels last: image.transpose([1, 2, 0])",
  );
  expect(regionpropsTable(mask, { image: image.transpose([1, 2, 0]), properties }).rows()).toEqual([
    { label: 1, "intensity_mean-0": 10, "intensity_mean-1": 20 },
    { label: 2, "intensity_mean-0": 20, "intensity_mean-1": 40 },
  ]);
  const volume = zeros([4, 2, 3], "int32");
  expect(() => regionpropsTable(volume, { image: zeros([4, 5, 2, 3]) })).toThrow(
    "with the channels last: image.transpose([0, 2, 3, 1])",
  );
  expect(() => regionpropsTable(mask, { image: zeros([3, 3]) })).toThrow(/got \[3, 3\]$/);
});

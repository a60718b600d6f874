import { expect, test } from "vitest";
import * as api from "../src/index";

test("@bioengine/measure exports these names", () => {
  expect(Object.keys(api).sort()).toEqual([
    ...["convexHullImage", "findBoundaries", "label", "labelToRgb", "linkLabels", "matching", "regionprops"],
    ...["regionpropsTable", "relabelSequential"],
  ]);
});

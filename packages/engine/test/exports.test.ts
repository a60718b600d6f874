import { expect, test } from "vitest";
import * as api from "../src/index";

test("@bioengine/engine exports these names", () => {
  expect(Object.keys(api).sort()).toEqual([
    "labelsFromStarDist",
    "loadMixedNetwork",
    "loadNetwork",
    "masksFromFlows",
    "segmentCellpose",
    "segmentStardist",
  ]);
});

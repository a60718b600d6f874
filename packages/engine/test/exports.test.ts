import { expect, test } from "vitest";
import * as api from "../src/index";

test("@bioengine/engine exports these names", () => {
  expect(Object.keys(api).sort()).toEqual([
    "labelsFromStarDist",
    "loadNetwork",
    "masksFromFlows",
    "segmentCellpose",
    "segmentStardist",
  ]);
});

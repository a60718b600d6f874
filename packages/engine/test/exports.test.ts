import { expect, test } from "vitest";
import * as api from "../src/index";

test("@bioengine/engine exports these names", () => {
  expect(Object.keys(api).sort()).toEqual([
    "checkBioimageioNetwork",
    "labelsFromStarDist",
    "loadMixedNetwork",
    "loadNetwork",
    "masksFromFlows",
    "readBioimageioModel",
    "runBioimageio",
    "segmentCellpose",
    "segmentStardist",
  ]);
});

import { expect, test } from "vitest";
import * as api from "../src/index";

test("@bioengine/measure exports these names", () => {
  expect(Object.keys(api).sort()).toEqual([
    "convexHullImage",
    "findBoundaries",
    "fromGeoJson",
    "label",
    "labelOverlaps",
    "labelPolygons",
    "labelToRgb",
    "linkLabels",
    "matching",
    "matchingTable",
    "paintRings",
    "regionprops",
    "regionpropsTable",
    "relabelSequential",
    "toGeoJson",
    "touchingLabels",
    "trackLabels",
  ]);
});

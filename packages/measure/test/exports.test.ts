import { expect, test } from "vitest";
import * as api from "../src/index";

test("@bioengine/measure exports these names", () => {
  expect(Object.keys(api).sort()).toEqual([
    "convexHullImage",
    "findBoundaries",
    "fromGeoJson",
    "label",
    "labelPolygons",
    "labelToRgb",
    "linkLabels",
    "matching",
    "paintRings",
    "regionprops",
    "regionpropsTable",
    "relabelSequential",
    "toGeoJson",
  ]);
});

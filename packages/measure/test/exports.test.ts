import { expect, test } from "vitest";
import * as api from "../src/index";

test("@bioengine/measure exports these names", () => {
  expect(Object.keys(api).sort()).toEqual([
    "adjustPValues",
    "anova",
    "circleFit",
    "convexHullImage",
    "findBoundaries",
    "findContours",
    "fromGeoJson",
    "keepLabels",
    "kruskalWallis",
    "label",
    "labelOverlaps",
    "labelPolygons",
    "labelToRgb",
    "linearFit",
    "linkLabels",
    "mannWhitney",
    "matching",
    "matchingTable",
    "nearestPoints",
    "paintRings",
    "pearson",
    "polygonToMask",
    "regionprops",
    "regionpropsTable",
    "relabelSequential",
    "spearman",
    "tTest",
    "toGeoJson",
    "touchingLabels",
    "trackLabels",
    "wilcoxon",
  ]);
});

import { expect, test } from "vitest";
import * as api from "../src/index";

test("@bioengine/engine exports these names", () => {
  expect(Object.keys(api).sort()).toEqual([
    "GradientNetwork",
    "NetworkTraining",
    "bundledPath",
    "cellposeStyleTensor",
    "checkBioimageioNetwork",
    "labelsFromStarDist",
    "loadMixedNetwork",
    "loadNetwork",
    "masksFromFlows",
    "newAdamState",
    "prepareAnnotatedImage",
    "randomWeights",
    "readBioimageioModel",
    "runBioimageio",
    "seededRandom",
    "segmentCellpose",
    "segmentStardist",
    "stardistDefaults",
    "trainingCropSide",
    "trainingDiameter",
    "trainingParameters",
    "weightsOf",
    "withOutput",
    "withWeights",
  ]);
});

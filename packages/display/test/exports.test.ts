import { expect, test } from "vitest";
import * as api from "../src/index";

test("@bioengine/display exports what is listed here", () => {
  expect(Object.keys(api).sort()).toEqual([
    "display",
    "histogram",
    "histogramBundle",
    "imageBundle",
    "imshow",
    "installDisplay",
    "learningCurve",
    "learningCurveBundle",
    "linkDiameter",
    "linkImage",
    "linkMask",
    "linkUnits",
    "maskBundle",
    "maskText",
    "maskThumbnail",
    "notebookInterrupts",
    "progressBar",
    "selection",
    "tableBundle",
    "watchInterrupt",
  ]);
});

import { expect, test } from "vitest";
import * as api from "../src/index";

test("@bioengine/display exports what is listed here", () => {
  expect(Object.keys(api).sort()).toEqual([
    "boxplot",
    "boxplotBundle",
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
    "maskBundle",
    "maskText",
    "maskThumbnail",
    "notebookInterrupts",
    "plot",
    "plotBundle",
    "progressBar",
    "scatter",
    "scatterBundle",
    "selection",
    "tableBundle",
    "watchInterrupt",
  ]);
});

import { expect, test } from "vitest";
import * as api from "../src/index";

test("bioengine exports these names", () => {
  expect(Object.keys(api).sort()).toEqual([
    ...[
      "NdArray",
      "SequenceExcutor",
      "SequenceExecutor",
      "Table",
      "TritonClient",
      "arange",
      "codexInstructions",
    ],
    ...[
      "concatenate",
      "display",
      "execute",
      "findBoundaries",
      "full",
      "getConfig",
      "histogram",
      "imread",
      "imshow",
    ],
    ...["imwrite", "label", "labelToRgb", "matching", "ndarray", "regionprops", "regionpropsTable"],
    ...["relabelSequential", "segment", "stack", "zeros"],
  ]);
});

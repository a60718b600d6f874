import { expect, test } from "vitest";
import * as api from "../src/index";

test("@bioengine/ndarray exports these names", () => {
  expect(Object.keys(api).sort()).toEqual([
    ...["NdArray", "Table", "arange", "assembly", "axesApart", "checkOptions", "checkSpace", "columnSource"],
    ...["concatenate", "dtypes"],
    ...[
      "extract",
      "full",
      "isDType",
      "isMissing",
      "itemSize",
      "labelDtype",
      "ndarray",
      "nearestName",
      "nearestOption",
      "quantileOf",
      "sizeOf",
      "stack",
      "unique",
      "where",
      "zeros",
    ],
  ]);
});

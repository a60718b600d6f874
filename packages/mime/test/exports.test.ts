import { expect, test } from "vitest";
import * as api from "../src/index";

test("@bioengine/mime exports what is listed here", () => {
  expect(Object.keys(api).sort()).toEqual([
    "CODE_MODEL_TARGET",
    "DecodeError",
    "MASK_MIME",
    "MATCH_COLORS",
    "MAX_PIXELS",
    "PALETTE_SIZE",
    "SELECTION_TARGET",
    "TABLE_MIME",
    "colorScale",
    "columnTitle",
    "decodeLabels",
    "encodeLabels",
    "labelColors",
    "parseCodeModelAnswer",
    "parseMaskPayload",
    "parseTablePayload",
    "scaleColor",
    "viridis",
  ]);
});

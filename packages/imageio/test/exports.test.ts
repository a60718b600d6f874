import { expect, test } from "vitest";
import * as api from "../src/index";

test("@bioengine/imageio exports these names", () => {
  expect(Object.keys(api).sort()).toEqual([
    "ImageFileError",
    "imread",
    "imwrite",
    "openImage",
    "readArrow",
    "readCsv",
    "readNpz",
    "readPickle",
    "readRoiZip",
    "writeArrow",
    "writeCsv",
    "writeNpz",
    "writeRoiZip",
  ]);
});

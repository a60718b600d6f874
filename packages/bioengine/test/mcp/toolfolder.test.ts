import { resolve } from "node:path";
import { expect, test } from "vitest";
import { maskPathBeside, placeOf } from "../../src/mcp/toolfolder";

test.each([
  ["a/nuclei.tif", "a/nuclei-stardist-mask.tif"],
  ["a/nuclei.ome.tif", "a/nuclei-stardist-mask.tif"],
  ["a/brain.nii.gz", "a/brain-stardist-mask.tif"],
  ["a/plate.1.ome.zarr/", "a/plate.1-stardist-mask.tif"],
  ["https://host/images/slide.zarr", "slide-stardist-mask.tif"],
])("maskPathBeside() of %s is %s", (image, mask) => {
  expect(maskPathBeside(placeOf(image), "stardist")).toBe(resolve(mask));
});

import { expect, test } from "vitest";
import { isImageFile } from "../src/notebook/imagefiles";

test("isImageFile() knows what imread reads by name", () => {
  expect(["a.TIF", "a.ome.tiff", "a.jpeg", "b.nii.gz", "c.zarr", "d.npy"].every(isImageFile)).toBe(true);
  expect(["a.ts", "tif", "a.tif.txt", "b.gz", "a.ipynb"].some(isImageFile)).toBe(false);
});

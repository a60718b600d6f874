import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { imread } from "../src/index";

test("imread() takes a NIfTI file's float32 sizes for the decimal numbers that they were", async () => {
  const bytes = new Uint8Array(readFileSync(join(import.meta.dirname, "fixtures", "uint8.nii")));
  const header = new DataView(bytes.buffer);
  // nifti1.h: pixdim[1 to 3] in x, y, z, and xyzt_units of mm.
  for (const [axis, size] of [0.2, 1 / 3, 1.123456].entries()) header.setFloat32(80 + 4 * axis, size, true);
  header.setUint8(123, 2);
  // numpy: [str(numpy.float32(size)) for size in (1.123456, 1 / 3, 0.2)] is 1.123456, 0.33333334 and 0.2.
  expect((await imread(bytes)).spacing).toEqual([1123.456, 333.33334, 200]);
});

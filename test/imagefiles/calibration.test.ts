import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableBundle } from "@bioengine/display";
import { parseTablePayload, TABLE_MIME } from "@bioengine/mime";
import { imread, imwrite, type NdArray, openImage, regionpropsTable, segment, type Table } from "bioengine";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { setUpEnvironment } from "../environment.mjs";
import { notebooks, root } from "../laboratory";
import { finish } from "../program";

const folder = mkdtempSync(join(tmpdir(), "calibration-"));
let python: string;

beforeAll(async () => {
  ({ python } = setUpEnvironment("imagefiles", "test/imagefiles/requirements.txt"));
  const script = join(root, "test/imagefiles/calibrated.py");
  const { code, output } = await finish(python, [script, join(notebooks, "data/img2d.tif"), folder]);
  expect(code, output).toBe(0);
});

afterAll(() => rmSync(folder, { recursive: true }));

/** What Python finds in a file. */
async function found(path: string): Promise<{ axes: string; spacing: number[] }> {
  const { code, output } = await finish(python, [join(root, "test/imagefiles/read.py"), path]);
  expect(code, output).toBe(0);
  const { axes, spacing } = JSON.parse(output.match(/^read:(.*)$/m)?.[1] ?? "");
  return { axes, spacing };
}

const known = ({ axes, spacing }: Pick<NdArray, "axes" | "spacing">) => [axes, spacing];
const totalArea = (table: Table) => table.values("area").reduce((sum, area) => sum + area, 0);

for (const name of ["stack.ome.tif", "stack.tif", "v04.zarr", "v05.zarr", "stack.nii.gz"]) {
  describe(`the pixel size of ${name}`, () => {
    let stack: NdArray;
    beforeAll(async () => {
      stack = await imread(join(folder, name));
    });

    test("goes with slices, transposes and other dtypes", async () => {
      expect(known(stack)).toEqual(["ZYX", [2, 0.5, 0.25]]);
      expect(known(stack.at(0))).toEqual(["YX", [0.5, 0.25]]);
      expect(known(stack.slice(null, [0, 99], 3))).toEqual(["ZY", [2, 0.5]]);
      expect(known(stack.slice(0, [0, 256, 2], [10, 20]))).toEqual(["YX", [1, 0.25]]);
      expect(known(stack.transpose())).toEqual(["XYZ", [0.25, 0.5, 2]]);
      expect(known(stack.transpose([0, 2, 1]).at(1).astype("float32"))).toEqual(["XY", [0.25, 0.5]]);
      expect(known(await (await openImage(join(folder, name))).read(1, [5, 90]))).toEqual([
        "YX",
        [0.5, 0.25],
      ]);
    });

    test("is that of the mask and its table, and of the files that they are written to", async () => {
      const { mask } = await segment(stack.at(0), { modelName: "stardist" });
      expect(known(mask)).toEqual(["YX", [0.5, 0.25]]);
      const table = regionpropsTable(mask, { properties: ["label", "area"] });
      const pixels = regionpropsTable(mask, { properties: ["area"], spacing: 1 });
      expect(table.rowCount).toBeGreaterThan(10);
      expect(totalArea(table)).toBeCloseTo(totalArea(pixels) / 8, 6);
      const columns = parseTablePayload(tableBundle(table).data[TABLE_MIME]).columns;
      expect(columns.map(({ name, unit }) => [name, unit])).toEqual([
        ["label", undefined],
        ["area", "µm²"],
      ]);
      for (const written of ["mask.ome.tif", "mask.tif"]) {
        await imwrite(join(folder, written), mask);
        expect(await found(join(folder, written))).toEqual({ axes: "YX", spacing: [0.5, 0.25] });
        expect(known(await imread(join(folder, written)))).toEqual(["YX", [0.5, 0.25]]);
      }
      await imwrite(join(folder, "mask.zarr"), mask);
      expect(await found(join(folder, "mask.zarr"))).toEqual({ axes: "YX labels", spacing: [0.5, 0.25] });
    });

    test("is that of a stack's mask", async () => {
      const { mask } = await segment(stack, { modelName: "stardist", stitchThreshold: 0.1 });
      expect(known(mask)).toEqual(["ZYX", [2, 0.5, 0.25]]);
      await imwrite(join(folder, "stack-mask.tif"), mask);
      expect(await found(join(folder, "stack-mask.tif"))).toEqual({ axes: "ZYX", spacing: [2, 0.5, 0.25] });
    });
  });
}

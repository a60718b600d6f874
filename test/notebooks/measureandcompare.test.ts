import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { MASK_MIME, parseMaskPayload, parseTablePayload, TABLE_MIME } from "@bioengine/mime";
import { imread, readRois } from "bioengine";
import { beforeAll, describe, expect, test } from "vitest";
import { notebooks } from "../laboratory";
import { executed } from "./execution";
import { bundleOf, bundles, type Cell, joined, printed } from "./notebook";

const name = "03-measure-and-compare";
const saved = ["nuclei-by-place.csv", "nuclei-rois.zip", "nuclei-labels.ome.tif"].map((file) =>
  join(notebooks, "output", file),
);

for (const kernel of ["bioengine", "tslab"]) {
  describe(`notebook ${name} in the kernel ${kernel}`, () => {
    let cells: Cell[];
    const cellWith = (text: string) => cells.find((cell) => joined(cell.source).includes(text));

    beforeAll(async () => {
      for (const file of saved) rmSync(file, { force: true });
      cells = await executed(name, kernel);
    });

    test("no cell fails or warns", () => {
      const complaints = cells.flatMap((cell) =>
        (cell.outputs ?? []).filter((output) => output.output_type === "error" || output.name === "stderr"),
      );
      expect(complaints).toEqual([]);
    });

    test("the groups together are all nuclei", () => {
      const mask = parseMaskPayload(bundleOf(cellWith("segment(image"), MASK_MIME)?.[MASK_MIME]);
      const groups = parseTablePayload(bundleOf(cellWith("groupBy("), TABLE_MIME)?.[TABLE_MIME]);
      expect(groups.columns.map((column) => column.name)).toEqual([
        ...["place", "area_count", "area_mean", "area_std", "area_median", "intensity_mean_mean"],
      ]);
      const text = joined(bundleOf(cellWith("groupBy("), TABLE_MIME)?.["text/plain"]);
      const counts = [...text.matchAll(/^(alone|touching) +(\d+)/gm)].map(([, , count]) => Number(count));
      expect(counts).toHaveLength(2);
      expect(counts[0]! + counts[1]!).toBe(mask.count);
    });

    test("both charts are there with tooltips, as pictures and in words", () => {
      const charts = bundles(cellWith("boxplot("));
      expect(charts).toHaveLength(2);
      for (const chart of charts) {
        expect(Object.keys(chart).sort()).toEqual([
          ...["application/vnd.vegalite.v5+json", "image/png", "image/svg+xml", "text/plain"],
        ]);
        expect(joined(chart["text/plain"])).toMatch(/^alone: \d+ .*\ntouching: \d+ /m);
      }
    });

    test("the test's answer is printed", () => {
      expect(printed(cellWith("mannWhitney("))).toMatch(/^U = [\d.]+, p = 0\.\d+\n$/);
    });

    test("table, outlines and labels are saved", async () => {
      const mask = parseMaskPayload(bundleOf(cellWith("segment(image"), MASK_MIME)?.[MASK_MIME]);
      const lines = readFileSync(saved[0]!, "utf8").trim().split(/\r?\n/);
      expect(lines).toHaveLength(1 + mask.count);
      expect(lines[0]).toMatch(/^label,area,.*,place$/);
      const [labels, outlines] = [await imread(saved[2]!), await readRois(saved[1]!, [512, 512])];
      expect([labels.role, labels.max(), outlines.max()]).toEqual(["labels", mask.count, mask.count]);
      expect(outlines.equal(labels).all()).toBe(1);
    });
  });
}

import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { decodeLabels, MASK_MIME, parseMaskPayload, parseTablePayload, TABLE_MIME } from "@bioengine/mime";
import { beforeAll, describe, expect, test } from "vitest";
import { notebooks, prefix, root } from "../laboratory";
import { finish } from "../program";
import { executed } from "./execution";
import { bundleOf, bundles, type Cell, codeCells, joined, printed } from "./notebook";

const name = "01-segment-nuclei";
for (const kernel of ["bioengine", "tslab"]) {
  describe(`notebook ${name} in the kernel ${kernel}`, () => {
    let cells: Cell[];
    const cellWith = (text: string) => cells.find((cell) => joined(cell.source).includes(text));

    beforeAll(async () => {
      rmSync(join(notebooks, "output/nuclei.csv"), { force: true });
      cells = await executed(name, kernel);
    });

    test("no cell fails or warns", () => {
      const complaints = cells.flatMap((cell) =>
        (cell.outputs ?? []).filter((output) => output.output_type === "error" || output.name === "stderr"),
      );
      expect(complaints).toEqual([]);
    });

    for (const model of ["cellpose-python", "stardist"]) {
      test(`${model}'s mask is shown with its labels, a picture and a digest`, async () => {
        const bundle = bundleOf(cellWith(`modelName: "${model}"`), MASK_MIME);
        expect(Object.keys(bundle ?? {}).sort()).toEqual([MASK_MIME, "image/png", "text/plain"].sort());
        const payload = parseMaskPayload(bundle?.[MASK_MIME]);
        const labels = await decodeLabels(payload);
        expect([payload.width, payload.height]).toEqual([512, 512]);
        expect(new Set(labels).size - 1).toBe(payload.count);
        expect(payload.count).toBeGreaterThan(100);
        expect(payload.count).toBeLessThan(140);
        expect(joined(bundle?.["text/plain"])).toContain(String(payload.count));
        expect(Buffer.from(joined(bundle?.["image/png"]), "base64").subarray(1, 4).toString()).toBe("PNG");
      });
    }

    test("the masks agree with the reference: F1@0.5 is printed, and at least .85", () => {
      const lines = printed(cellWith("matching(truth")).trim().split("\n");
      expect(lines).toHaveLength(2);
      for (const line of lines) {
        const [, f1] = line.match(/nuclei, 125 in the reference, F1@0\.5 = (\d\.\d+)$/) ?? [];
        expect(Number(f1), line).toBeGreaterThanOrEqual(0.85);
      }
    });

    test("the table is shown as data, as HTML and as text, and knows its mask", () => {
      const bundle = bundleOf(cellWith("regionpropsTable(mask"), TABLE_MIME);
      expect(Object.keys(bundle ?? {}).sort()).toEqual([TABLE_MIME, "text/html", "text/plain"].sort());
      const table = parseTablePayload(bundle?.[TABLE_MIME]);
      const mask = parseMaskPayload(
        bundleOf(cellWith('modelName: "cellpose-python"'), MASK_MIME)?.[MASK_MIME],
      );
      expect(table.maskId).toBe(mask.id);
      expect(table.rowCount).toBe(mask.count);
      expect(table.columns.map((column) => column.name)).toContain("centroid-1");
    });

    test("the histogram is shown as a plot and as a picture", () => {
      const [bundle] = bundles(cellWith("histogram(table"));
      expect(Object.keys(bundle ?? {})).toContain("application/vnd.vegalite.v5+json");
      expect(joined(bundle?.["image/svg+xml"])).toContain("<svg");
    });

    test("the table is saved as CSV", () => {
      const path = join(notebooks, "output/nuclei.csv");
      expect(existsSync(path)).toBe(true);
      const lines = readFileSync(path, "utf8").trim().split(/\r?\n/);
      expect(lines[0]).toBe(
        "label,area,centroid-0,centroid-1,eccentricity,solidity,perimeter,intensity_mean",
      );
      expect(lines).toHaveLength(
        1 + parseMaskPayload(bundleOf(cellWith("cellpose-python"), MASK_MIME)?.[MASK_MIME]).count,
      );
    });
  });
}

test("npm run demo leaves the notebook executed, as a notebook and as a page with pictures", async () => {
  const bioengine = join(root, "packages/bioengine/bin/bioengine.js");
  const { code, output } = await finish(process.execPath, [bioengine, "demo"], { cwd: root });
  expect(code, output).toBe(0);
  expect(output).toContain(`${name}.ipynb`);
  const page = readFileSync(join(notebooks, "output", `${name}.html`), "utf8");
  expect(page.match(/<img[^>]+src="data:image\/png;base64,/g)?.length).toBeGreaterThanOrEqual(3);
  expect(page).toContain("eccentricity");
  expect(codeCells(join(notebooks, "output", `${name}.ipynb`)).length).toBeGreaterThan(5);
  expect(existsSync(prefix)).toBe(true);
});

import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeLabels, MASK_MIME, parseMaskPayload } from "@bioengine/mime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { notebooks } from "../laboratory";
import { executed } from "./execution";
import { bundleOf, bundles, type Cell, joined, printed } from "./notebook";

const name = "02-train";
const files = ["cellpose-membranes.onnx", "cellpose-bioimageio-membranes.zip"];

for (const kernel of ["bioengine", "tslab"]) {
  describe(`notebook ${name} in the kernel ${kernel}`, () => {
    const home = mkdtempSync(join(tmpdir(), "bioengine-home-"));
    let cells: Cell[];
    const cellWith = (text: string) => cells.find((cell) => joined(cell.source).includes(text));
    const score = (cell: Cell | undefined) => Number(printed(cell).match(/F1@0\.5 \w+: ([\d.]+)/)?.[1]);

    beforeAll(async () => {
      for (const file of files) rmSync(join(notebooks, "output", file), { force: true });
      cells = await executed(name, kernel, { BIOENGINE_HOME: home });
    });
    afterAll(() => rmSync(home, { recursive: true, force: true }));

    test("no cell fails or warns", () => {
      const complaints = cells.flatMap((cell) =>
        (cell.outputs ?? []).filter((output) => output.output_type === "error" || output.name === "stderr"),
      );
      expect(complaints).toEqual([]);
    });

    test("F1@0.5 on an image that was not learnt from rises from below .5 to above .9", () => {
      expect(score(cellWith("F1@0.5 before"))).toBeLessThan(0.5);
      expect(score(cellWith("F1@0.5 after"))).toBeGreaterThan(0.9);
    });

    test("one picture of the training is left, for each front end in its form", () => {
      const shown = bundles(cellWith('train("membranes"'));
      expect(shown).toHaveLength(1);
      expect(Object.keys(shown[0] ?? {}).sort()).toEqual(
        ["application/vnd.vegalite.v5+json", "image/png", "image/svg+xml", "text/plain"].sort(),
      );
      const digest = joined(shown[0]?.["text/plain"]);
      expect(digest).toMatch(/Epochs: 10 of 10\./);
      expect(digest).toMatch(/Validation F1 \(IoU 0\.5\): 0\.\d+ before training, 0\.9\d+ after epoch 10/);
    });

    test("the trained model's mask is shown", async () => {
      const payload = parseMaskPayload(bundleOf(cellWith('title: "After"'), MASK_MIME)?.[MASK_MIME]);
      expect(new Set(await decodeLabels(payload)).size - 1).toBe(payload.count);
    });

    test("the model is saved, kept, and trained further", () => {
      for (const file of files) expect(existsSync(join(notebooks, "output", file)), file).toBe(true);
      expect(existsSync(join(home, "models/membranes/1/model.onnx"))).toBe(true);
      // 20 in each epoch, of which the best are kept: of the first ten, and of two more.
      const [, iterations] = printed(cellWith("further.iterations")).match(/after (\d+) iterations/) ?? [];
      expect(Number(iterations) / 20).toBeOneOf(Array.from({ length: 12 }, (_, epoch) => epoch + 1));
    });
  });
}

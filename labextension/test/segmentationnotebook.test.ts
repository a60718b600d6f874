import { expect, test } from "vitest";
import { segmentationNotebook } from "../src/notebook/segmentationnotebook";

const kernel = { name: "bioengine", display_name: "TypeScript (BioEngine)", language: "typescript" };

test("segmentationNotebook() reads the image, and imports each name once", () => {
  const { cells, metadata } = segmentationNotebook('ours/a "b".tif', kernel);
  const sources = cells.map((cell) => String(cell.source));
  expect(sources[0]).toContain('await imread("ours/a \\"b\\".tif");');
  expect(sources[1]).toMatch(/^import \{ segment \} from "bioengine";/);
  const names = sources.flatMap((source) =>
    [...source.matchAll(/^import \{(.*)\}/gm)].flatMap(([, list = ""]) => list.split(",")),
  );
  expect(new Set(names).size).toBe(names.length);
  expect(metadata.kernelspec).toEqual(kernel);
});

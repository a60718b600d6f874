import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { notebooks, python, root } from "../laboratory";
import { finish } from "../program";
import { type Notebook, notebookOf, readNotebook } from "./notebook";

const cells = [
  'import { imread, imshow, regionpropsTable } from "bioengine";\n' +
    'const [image, mask] = await Promise.all([imread("data/img2d.tif"), imread("data/mask2d.tif")]);\n' +
    'imshow(mask, { image, title: "Nuclei" });',
  "regionpropsTable(mask);",
];

/** A mask of 125 nuclei over its image, and the table measured on it: a notebook that was run and saved. */
export interface SavedMask {
  readonly path: string;
  readonly notebook: Notebook;
}

/**
 * Run the notebook without a browser, as a colleague may have done.
 *
 * @param reader who reads it: names a folder of its own for the file
 */
export async function savedMask(reader: string): Promise<SavedMask> {
  const folder = join(root, "test/output/saved", reader);
  mkdirSync(folder, { recursive: true });
  cpSync(join(notebooks, "data"), join(folder, "data"), { recursive: true });
  const path = join(folder, "nuclei.ipynb");
  writeFileSync(path, JSON.stringify(notebookOf(cells)));
  const args = ["-m", "nbconvert", "--to", "notebook", "--execute", "--inplace", path];
  const { code, output } = await finish(python, args);
  if (code !== 0) throw new Error(`The notebook must run, got\n${output}`);
  return { path, notebook: readNotebook(path) };
}

import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { notebooks, root } from "../laboratory";
import { type Notebook, notebookOf } from "../notebooks/notebook";
import { start } from "../program";
import { type WatchedPage, watchedPage } from "./watchedpage";

/** Where the tests leave what they saw. */
export const pictures: string = join(root, "test/output/ui");

/** JupyterLab in a browser, with a notebook open. */
export type OpenLab = WatchedPage;

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

/**
 * Open a notebook in JupyterLab, as `bioengine lab` does, in a headless browser.
 *
 * @param name of one of the product's notebooks, of which this is a copy, or of one that has `cells`
 */
export async function openLab(
  name: string,
  env: Record<string, string> = {},
  cells?: readonly string[],
): Promise<OpenLab> {
  const folder = emptyFolder(name);
  const file = `${name}.ipynb`;
  // The notebook is edited, so it is a copy.
  if (cells) writeFileSync(join(folder, file), JSON.stringify(notebookOf(cells)));
  else cpSync(join(notebooks, file), join(folder, file));
  const lab = await openFile(folder, file, env);
  // JupyterLab leaves out what it is told to run before its kernel is there.
  await lab.page.waitForSelector('#jp-bottom-panel :text("TypeScript (BioEngine) | Idle")');
  return lab;
}

/**
 * Open a notebook that somebody else has run and saved: JupyterLab trusts none of its outputs.
 *
 * @param name of the notebook's file, without its ending
 */
export async function openSaved(name: string, notebook: Notebook): Promise<OpenLab> {
  const folder = emptyFolder(name);
  writeFileSync(join(folder, `${name}.ipynb`), JSON.stringify(notebook));
  // Jupyter remembers the notebooks that were trusted before; here there are none.
  return openFile(folder, `${name}.ipynb`, { JUPYTER_DATA_DIR: join(folder, ".jupyter") });
}

/** A folder that holds the sample images only; below the checkout, so that its cells find the packages. */
function emptyFolder(name: string): string {
  const folder = join(root, "test/output/lab", name);
  rmSync(folder, { recursive: true, force: true });
  for (const path of [folder, pictures]) mkdirSync(path, { recursive: true });
  cpSync(join(notebooks, "data"), join(folder, "data"), { recursive: true });
  return folder;
}

async function openFile(folder: string, file: string, env: Record<string, string>): Promise<OpenLab> {
  const port = await freePort();
  const options = ["--no-browser", `--ServerApp.port=${port}`, "--IdentityProvider.token="];
  const bioengine = join(root, "packages/bioengine/bin/bioengine.js");
  const ready = /(http:\/\/(127\.0\.0\.1|localhost):\d+)/;
  const lab = await start(process.execPath, [bioengine, "lab", folder, ...options], ready, {
    cwd: root,
    env,
  });
  const browser = await watchedPage(`http://127.0.0.1:${port}`, `/lab/tree/${file}?reset`);
  await browser.page.waitForSelector(".jp-Notebook .jp-Cell");
  return {
    ...browser,
    async close() {
      await browser.close();
      await lab.end();
    },
  };
}

import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { notebooks, root } from "../laboratory";
import { start } from "../program";
import { browserPath } from "./browser";

/** Where the tests leave what they saw. */
export const pictures: string = join(root, "test/output/ui");

/** JupyterLab in a browser, with a notebook open. */
export interface OpenLab {
  readonly page: Page;
  /** Errors in the browser's console. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

/** A notebook of these cells, none of them run. */
function notebookOf(cells: readonly string[]): string {
  return JSON.stringify({
    cells: cells.map((source, index) => ({
      cell_type: "code",
      id: `cell-${index}`,
      source,
      metadata: {},
      outputs: [],
      execution_count: null,
    })),
    metadata: {
      kernelspec: { name: "bioengine", display_name: "TypeScript (BioEngine)", language: "typescript" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  });
}

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
  // The notebook is edited, so it is a copy; below the checkout, so that its cells find the packages.
  const folder = join(root, "test/output/lab", name);
  rmSync(folder, { recursive: true, force: true });
  for (const path of [folder, pictures]) mkdirSync(path, { recursive: true });
  const file = `${name}.ipynb`;
  if (cells) writeFileSync(join(folder, file), notebookOf(cells));
  else cpSync(join(notebooks, file), join(folder, file));
  cpSync(join(notebooks, "data"), join(folder, "data"), { recursive: true });
  const port = await freePort();
  const options = ["--no-browser", `--ServerApp.port=${port}`, "--IdentityProvider.token="];
  const bioengine = join(root, "packages/bioengine/bin/bioengine.js");
  const ready = /(http:\/\/(127\.0\.0\.1|localhost):\d+)/;
  const lab = await start(process.execPath, [bioengine, "lab", folder, ...options], ready, {
    cwd: root,
    env,
  });
  const browser = await chromium.launch({ executablePath: browserPath(), args: ["--no-sandbox"] });
  const page = await browser.newPage({ viewport: { width: 1500, height: 1100 } });
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(`http://127.0.0.1:${port}/lab/tree/${name}.ipynb?reset`);
  await page.waitForSelector(".jp-Notebook .jp-Cell");
  // JupyterLab leaves out what it is told to run before its kernel is there.
  await page.waitForSelector('#jp-bottom-panel :text("TypeScript (BioEngine) | Idle")');
  return {
    page,
    complaints,
    async close() {
      await browser.close();
      await lab.end();
    },
  };
}

import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { notebooks, root } from "../laboratory";
import { executed } from "../notebooks/execution";
import { bundles, type Cell, codeCells, printed } from "../notebooks/notebook";
import { type Running, start } from "../program";
import { browserPath } from "../ui/browser";
import { env, python } from "./frontend";

// Notebook 7 in a browser, beside nbclient, which runs notebooks without one.

const name = "01-segment-nuclei";
// Below the checkout, so that its cells find the packages.
const folder = join(root, "test/output/notebook7");
let server: Running;
let close: () => Promise<void>;
let page: Page;

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(notebooks, `${name}.ipynb`), join(folder, `${name}.ipynb`));
  cpSync(join(notebooks, "data"), join(folder, "data"), { recursive: true });
  const options = ["--no-browser", "--allow-root", "--ServerApp.port=0", "--IdentityProvider.token="];
  const ready = /(http:\/\/127\.0\.0\.1:\d+)/;
  server = await start(python, ["-m", "notebook", ...options], ready, { cwd: folder, env });
  const browser = await chromium.launch({ executablePath: browserPath(), args: ["--no-sandbox"] });
  close = () => browser.close();
  page = await browser.newPage({ viewport: { width: 1500, height: 1100 } });
  await page.goto(`${server.match[1]}/notebooks/${name}.ipynb`);
  await page.waitForSelector(".jp-Notebook .jp-Cell");
});

afterAll(async () => {
  await close?.();
  await server?.end();
});

const VEGA_LITE = "application/vnd.vegalite.v5+json";

/** The types of a bundle as it came from the kernel: a plot's picture is the browser's own addition. */
const typesOf = (bundle: Record<string, unknown>): string[] =>
  Object.keys(bundle)
    .filter((type) => !(type === "image/png" && VEGA_LITE in bundle))
    .sort();

/** What a reader of the executed notebook finds in each cell. */
const shown = (cells: readonly Cell[]) =>
  cells.map((cell) => ({
    printed: printed(cell),
    types: bundles(cell).map(typesOf),
    text: bundles(cell).map((bundle) => bundle["text/plain"]),
  }));

test("Notebook 7 names the kernel and paints the mask", async () => {
  await expect
    .poll(() => page.locator("body").innerText(), { timeout: 30_000 })
    .toContain("TypeScript (BioEngine)");
  await page.click('.lm-MenuBar-itemLabel:text-is("Run")');
  await page.click('.lm-Menu-itemLabel:text-is("Run All Cells")');
  const last = page.locator(".jp-CodeCell").last();
  await expect
    .poll(() => last.locator(".jp-OutputArea").innerText(), { timeout: 120_000 })
    .toContain("nuclei.csv");
  const masks = page.locator('.be-Mask[data-ready="true"]');
  await masks.first().scrollIntoViewIfNeeded();
  await expect.poll(() => masks.count(), { timeout: 30_000 }).toBe(2);
});

test("the notebook that Notebook 7 saves says what nbclient's says", async () => {
  const path = join(folder, `${name}.ipynb`);
  await page.keyboard.press("Control+s");
  await expect
    .poll(() => bundles(codeCells(path).at(-1)).length + printed(codeCells(path).at(-1)).length)
    .toBeGreaterThan(0);
  const saved = shown(codeCells(path));
  expect(saved.flatMap(({ types }) => types).length).toBeGreaterThan(3);
  expect(saved).toEqual(shown(await executed(name, "bioengine")));
});

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { columnTitle, parseTablePayload, TABLE_MIME } from "@bioengine/mime";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { python } from "../laboratory";
import { finish } from "../program";
import { browserPath } from "../ui/browser";
import { pictures } from "../ui/openlab";
import { bundles } from "./notebook";
import { type SavedMask, savedMask } from "./savedmask";

// What a reader without JupyterLab sees: nbconvert's page, with JavaScript switched off.

let saved: SavedMask;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  saved = await savedMask("webpage");
  const { code, output } = await finish(python, ["-m", "nbconvert", "--to", "html", saved.path]);
  if (code !== 0) throw new Error(`nbconvert must write a page, got\n${output}`);
  browser = await chromium.launch({ executablePath: browserPath(), args: ["--no-sandbox"] });
  page = await browser.newPage({ javaScriptEnabled: false, viewport: { width: 1200, height: 1500 } });
  await page.goto(pathToFileURL(saved.path.replace(/ipynb$/, "html")).href);
  mkdirSync(pictures, { recursive: true });
});

afterAll(() => browser?.close());

test("the mask is a picture of its pixels", async () => {
  const images = page.locator(".jp-OutputArea img");
  expect(await images.count()).toBe(1);
  const size = await images.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]);
  expect(size).toEqual([512, 512]);
  await page.screenshot({ path: join(pictures, "webpage.png") });
});

test("the table is HTML: its first rows, and how many there are", async () => {
  const table = page.locator(".jp-OutputArea table");
  const payload = parseTablePayload(bundles(saved.notebook.cells[1])[0]?.[TABLE_MIME]);
  expect(await table.locator("caption").innerText()).toBe("First 50 of 125 rows");
  expect(await table.locator("thead th").allInnerTexts()).toEqual(payload.columns.map(columnTitle));
  const labels = await table.locator("tbody th").allInnerTexts();
  expect(labels.map(Number)).toEqual(payload.columns[0]?.values.slice(0, 50));
});

import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type OpenLab, openLab, pictures } from "./openlab";

let lab: OpenLab;
let page: Page;

const choose = async (label: string): Promise<void> => {
  await page.locator(".jp-DirListing-item", { hasText: "img2d.tif" }).click({ button: "right" });
  await page.screenshot({ path: join(pictures, "segment-menu.png") });
  await page.locator(".lm-Menu-item", { hasText: label }).click();
};

beforeAll(async () => {
  lab = await openLab("01-segment-nuclei");
  ({ page } = lab);
  await page.locator(".jp-DirListing-item", { hasText: /^data/ }).dblclick();
  await page.locator(".jp-DirListing-item", { hasText: "img2d.tif" }).waitFor();
});

afterAll(() => lab?.close());

test("an image of the file browser is segmented by cells of the open notebook", async () => {
  const editors = page.locator(".jp-NotebookPanel .jp-CodeCell .jp-InputArea-editor .cm-content");
  const before = await editors.count();
  await editors.last().click();
  await choose("Segment this image in the open notebook");
  await expect.poll(() => editors.count()).toBe(before + 3);
  expect((await editors.allInnerTexts()).at(-3)).toContain('await imread("data/img2d.tif")');
});

test("an image of the file browser is segmented in a new notebook, which runs", async () => {
  await choose("Segment this image in a new notebook");
  await page.locator(".lm-TabBar-tabLabel", { hasText: "img2d.ipynb" }).first().waitFor();
  const panel = page.locator(".jp-NotebookPanel:visible");
  await panel.locator('.be-Mask[data-ready="true"]').waitFor({ timeout: 120_000 });
  await panel.locator('.be-Table[data-ready="true"]').waitFor({ timeout: 60_000 });
  expect(await panel.locator('[data-mime-type="application/vnd.jupyter.stderr"]').count()).toBe(0);
  await page.screenshot({ path: join(pictures, "segment-image.png") });
});

test("the instructions are copied with the names, shapes and dtypes of the notebook's data", async () => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.keyboard.press("Control+Shift+c");
  await page.locator(".lm-CommandPalette-input").fill("with this notebook's data");
  await page.locator(".lm-CommandPalette-item", { hasText: "with this notebook's data" }).click();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied, { timeout: 20_000 }).toContain("## The notebook's variables");
  const text = await copied();
  expect(text).toContain("## Instructions for code generation");
  expect(text).toMatch(
    /^- `image`: NdArray \[512, 512\] uint16, axes YX, values 0 to 235, median 24, bright objects of about 2\d px$/m,
  );
  expect(text).toMatch(
    /^- `mask`: NdArray \[512, 512\] uint16, .*labels of \d+ objects, median diameter 2\d px$/m,
  );
  expect(text).toMatch(/- `table`: Table of \d+ rows with the columns label, area, centroid-0, centroid-1/);
});

test("the launcher offers a notebook for an image", async () => {
  await page.locator(".jp-FileBrowser-toolbar [data-command='launcher:create']").first().click();
  await page.locator(".jp-LauncherCard", { hasText: "Segment an image" }).click();
  await page.locator(".lm-TabBar-tabLabel", { hasText: "image.ipynb" }).first().waitFor();
});

test("the browser's console has no errors", () => {
  expect(lab.complaints).toEqual([]);
});

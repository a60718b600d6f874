import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type OpenLab, openLab, pictures } from "./openlab";

let lab: OpenLab;
let page: Page;

beforeAll(async () => {
  lab = await openLab("01-segment-nuclei");
  ({ page } = lab);
});

afterAll(() => lab?.close());

test("the notebook opens with the kernel TypeScript (BioEngine)", async () => {
  await expect
    .poll(() => page.locator(".jp-NotebookPanel-toolbar").innerText(), { timeout: 30_000 })
    .toContain("TypeScript (BioEngine)");
  // The kernel has told its language by now: the notebook knew it, and is as it was.
  expect(await page.locator("#jp-main-dock-panel .lm-TabBar-tab.jp-mod-dirty").count()).toBe(0);
});

test("Run All paints both masks, the table and the histogram, and leaves no error", async () => {
  await page.click('.lm-MenuBar-itemLabel:text-is("Run")');
  await page.click('.lm-Menu-itemLabel:text-is("Run All Cells")');
  const csvCell = page.locator(".jp-CodeCell").last();
  await expect
    .poll(() => csvCell.locator(".jp-OutputArea").innerText(), { timeout: 120_000 })
    .toContain("nuclei.csv");
  expect(await page.locator('.jp-OutputArea [data-mime-type="application/vnd.jupyter.stderr"]').count()).toBe(
    0,
  );
  const masks = page.locator('.be-Mask[data-ready="true"]');
  await masks.first().scrollIntoViewIfNeeded();
  await expect.poll(() => masks.count(), { timeout: 30_000 }).toBe(2);
  await page.screenshot({ path: join(pictures, "mask.png") });
});

test("the mask is painted in many colours and tells the label under the pointer", async () => {
  const canvas = page.locator(".be-Mask canvas").first();
  await canvas.scrollIntoViewIfNeeded();
  const colours = await canvas.evaluate((element) => {
    const source = element as HTMLCanvasElement;
    const copy = document.createElement("canvas");
    copy.width = source.width;
    copy.height = source.height;
    const context = copy.getContext("2d") as CanvasRenderingContext2D;
    context.drawImage(source, 0, 0);
    const { data } = context.getImageData(0, 0, copy.width, copy.height);
    const seen = new Set<number>();
    for (let i = 0; i < data.length; i += 4) {
      const [r, g, b] = [data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0];
      if (Math.max(r, g, b) - Math.min(r, g, b) > 40) seen.add(((r >> 4) << 8) | ((g >> 4) << 4) | (b >> 4));
    }
    return seen.size;
  });
  expect(colours).toBeGreaterThan(20);

  const box = await canvas.boundingBox();
  if (!box) throw new Error("The canvas has no size");
  const tip = page.locator(".be-Mask").first();
  const texts = new Set<string>();
  for (let step = 0; step < 40; step++) {
    await page.mouse.move(box.x + box.width * (0.1 + 0.02 * step), box.y + box.height * 0.5);
    const text = await tip.innerText();
    const [label] = text.match(/label \d+/i) ?? [];
    if (label) texts.add(label);
  }
  expect(texts.size).toBeGreaterThan(2);
});

test("labels are coloured by a column of the table that was measured on the mask", async () => {
  const mask = page.locator(".be-Mask").first();
  const colours = mask.getByLabel("What the colours stand for");
  const names = await colours.locator("option").allInnerTexts();
  const column = names.find((name) => name.startsWith("intensity_mean"));
  expect(names).toContain(column);
  await colours.selectOption(column ?? "");
  await mask.locator("canvas").scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(pictures, "coloured.png") });
});

test("a click on a header sorts the table", async () => {
  const table = page.locator('.be-Table[data-ready="true"]').first();
  await table.scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(pictures, "table.png") });
  const before = await table.screenshot();
  const grid = await table.locator(".lm-DataGrid").boundingBox();
  if (!grid) throw new Error("The grid has no size");
  await page.mouse.click(grid.x + 150, grid.y + 12);
  await expect.poll(async () => (await table.screenshot()).equals(before)).toBe(false);
  await page.screenshot({ path: join(pictures, "sorted.png") });
});

test("a snippet from the panel lands in a new cell", async () => {
  const cells = await page.locator(".jp-Notebook .jp-Cell").count();
  await page.locator(".jp-CodeCell .jp-InputArea-editor").last().click();
  await page.locator('.jp-SideBar [data-id="bioengine-snippets"]').first().click();
  const panel = page.locator(".be-Snippets");
  await panel.waitFor({ state: "visible" });
  await panel.locator("input").fill("stardist");
  await page.screenshot({ path: join(pictures, "snippets.png") });
  await panel
    .locator("button", { hasText: /insert/i })
    .first()
    .click();
  await expect.poll(() => page.locator(".jp-Notebook .jp-Cell").count()).toBe(cells + 1);
  await expect
    .poll(() => page.locator(".jp-Notebook .jp-CodeCell .jp-InputArea-editor").last().innerText())
    .toContain('modelName: "stardist"');
});

test("the browser's console has no errors", () => {
  expect(lab.complaints).toEqual([]);
});

import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type OpenLab, openLab, pictures } from "./openlab";

const ROW_HEIGHT = 24;
const HEADER_HEIGHT = 28;

let lab: OpenLab;
let page: Page;
let table: Locator;

const status = (): Promise<string> => table.locator(".be-Table-status").innerText();
const maskStatus = (): Promise<string> => page.locator(".be-Mask-selection").innerText();
const button = (label: RegExp) => table.getByRole("button", { name: label });

async function boxOf(part: Locator) {
  await part.scrollIntoViewIfNeeded();
  const box = await part.boundingBox();
  if (!box) throw new Error("It has no size");
  return box;
}

async function clickRow(row: number, ...modifiers: ("Shift" | "Control")[]): Promise<void> {
  const y = HEADER_HEIGHT + (row + 0.5) * ROW_HEIGHT;
  await table.locator(".lm-DataGrid").click({ position: { x: 80, y }, modifiers });
}

/** Draw a brush over a part of a plot, in fractions of its size. */
async function brush(plot: Locator, from: [number, number], to: [number, number]): Promise<void> {
  const { x, y, width, height } = await boxOf(plot);
  await page.mouse.move(x + from[0] * width, y + from[1] * height);
  await page.mouse.down();
  await page.mouse.move(x + to[0] * width, y + to[1] * height, { steps: 4 });
  await page.mouse.up();
}

beforeAll(async () => {
  lab = await openLab("table", {}, [
    'import { imread, imshow, regionpropsTable, selection } from "bioengine";\n' +
      'const mask = await imread("data/mask2d.tif");\nimshow(mask, { title: "Nuclei", contours: true });\nregionpropsTable(mask)',
    "await selection(mask)",
    "await selection(mask.astype('int32').multiply(2))",
  ]);
  ({ page } = lab);
  // Mask and table are in sight at once: JupyterLab takes cells that are not off the page.
  await page.setViewportSize({ width: 1300, height: 1700 });
  await page.click('.lm-MenuBar-itemLabel:text-is("Run")');
  await page.click('.lm-Menu-itemLabel:text-is("Run All Cells")');
  table = page.locator('.be-Table[data-ready="true"]');
  await table.waitFor({ timeout: 90_000 });
  await table.scrollIntoViewIfNeeded();
});

afterAll(() => lab?.close());

test("rows are selected by click, Shift, Ctrl and keys, and the mask follows", async () => {
  expect(await status()).toBe("125 rows × 12 columns");
  await clickRow(1);
  expect(await status()).toMatch(/label 3 · area 264 px/);
  await expect.poll(maskStatus).toMatch(/^Label 3 · area 264 px/);
  await clickRow(4, "Shift");
  expect(await status()).toContain("4 rows selected");
  await clickRow(6, "Control");
  expect(await status()).toContain("5 rows selected");
  await clickRow(6, "Control");
  expect(await status()).toContain("4 rows selected");
  await expect.poll(maskStatus).toMatch(/^4 labels selected/);
  await page.keyboard.press("Control+a");
  expect(await status()).toContain("125 rows selected");
  await page.keyboard.press("Escape");
  expect(await status()).toBe("125 rows × 12 columns");
  await expect.poll(maskStatus).toMatch(/^Click/);
});

test("a brush over the histogram or the scatter plot selects in table and mask", async () => {
  await button(/plots/).click();
  const [histogram, scatter] = [table.locator(".be-Plot").first(), table.locator(".be-Plot").last()];
  // From the third of the axis, which is 0 to 800, to its end.
  await brush(histogram, [0.4, 0.4], [0.99, 0.6]);
  await expect.poll(status).toMatch(/ (\d\d) rows selected/);
  const [, rows] = (await status()).match(/(\d+) rows selected/) ?? [];
  await expect.poll(maskStatus).toMatch(new RegExp(`^${rows} labels selected`));
  await table.scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(pictures, "plots.png") });
  await brush(scatter, [0.05, 0.02], [0.99, 0.87]);
  await expect.poll(status).toContain("125 rows selected");
  await page.keyboard.press("Escape");
  await expect.poll(maskStatus).toMatch(/^Click/);
});

test("the histogram answers to the keyboard", async () => {
  await table.locator(".be-Plot").first().focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(maskStatus).toMatch(/labels? selected|Label/i);
  const first = await status();
  await page.keyboard.press("Shift+ArrowRight");
  await expect.poll(status).not.toBe(first);
  await page.keyboard.press("Escape");
});

test("a selection in the mask marks its row, and is copied as TypeScript", async () => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const canvas = page.locator(".be-Mask canvas");
  await canvas.focus();
  await page.keyboard.press("]");
  await page.keyboard.press("]");
  await expect.poll(status).toMatch(/label 3 · area 264 px/);
  await button(/as TypeScript/).click();
  await expect.poll(status).toContain("Selection copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("const selected = [3];\n");
});

test("the kernel reads the selection", async () => {
  const expectAnswer = async (position: number, answer: string) => {
    const cell = page.locator(".jp-CodeCell").nth(position);
    await cell.locator(".cm-content").click();
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => cell.locator(".jp-OutputArea").innerText()).toContain(answer);
  };
  await expectAnswer(1, "[ 3 ]");
  await expectAnswer(2, "an output near this cell must show the mask");
  await page.screenshot({ path: join(pictures, "selection.png") });
});

test("a filter leaves rows out, says so, and ends", async () => {
  await table.getByLabel("Show rows from this value").fill("740");
  await expect.poll(status).toMatch(/^1 of 125 rows/);
  await table.scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(pictures, "filter.png") });
  await button(/End the filter area \(px\) ≥ 740/).click();
  await expect.poll(status).toMatch(/^125 rows/);
});

test("the HTML table selects what the grid and the mask select, and shows it", async () => {
  await button(/as an HTML table/).click();
  const box = (label: number) =>
    table.getByRole("checkbox", { name: new RegExp(`^Select label ${label} ·`) });
  expect(await box(3).isChecked()).toBe(true);
  await box(6).check();
  await expect.poll(maskStatus).toMatch(/^2 labels selected/);
  await box(3).uncheck();
  await expect.poll(maskStatus).toMatch(/^Label 6/);
  await page.locator(".be-Mask canvas").focus();
  await page.keyboard.press("Escape");
  await expect.poll(() => box(6).isChecked()).toBe(false);
  await button(/as an HTML table/).click();
});

test("the browser's console has no errors", () => {
  expect(lab.complaints).toEqual([]);
});

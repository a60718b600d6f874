import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { savedMask } from "../notebooks/savedmask";
import { type OpenLab, openSaved, pictures } from "./openlab";

let lab: OpenLab;
let page: Page;

beforeAll(async () => {
  const { notebook } = await savedMask("savednotebook");
  const kernelspec = { name: "elsewhere", display_name: "Elsewhere", language: "typescript" };
  lab = await openSaved("saved", { ...notebook, metadata: { kernelspec } });
  ({ page } = lab);
  // Mask and table are in sight at once: JupyterLab takes cells that are not off the page.
  await page.setViewportSize({ width: 1300, height: 1500 });
});

afterAll(() => lab?.close());

const tableStatus = () => page.locator(".be-Table-status").innerText();
const maskStatus = () => page.locator(".be-Mask-selection").innerText();

test("a notebook of a kernel that is not here shows its mask and its table", async () => {
  const dialog = page.locator(".jp-Dialog", { hasText: "Select Kernel" });
  await dialog.getByRole("button", { name: "No Kernel" }).click();
  await page.locator('.jp-NotebookPanel-toolbar :text("No Kernel")').waitFor();
  await page.locator('.be-Mask[data-ready="true"]').waitFor();
  await page.locator('.be-Table[data-ready="true"]').waitFor();
  expect(await page.locator(".be-Error").count()).toBe(0);
  expect(await tableStatus()).toBe("125 rows × 12 columns");
});

test("without a kernel the mask follows the table, and the table the mask", async () => {
  // The second of the rows, which are 24 pixels high below a header of 28.
  await page.locator(".be-Table .lm-DataGrid").click({ position: { x: 80, y: 28 + 1.5 * 24 } });
  await expect.poll(tableStatus).toMatch(/label 3 · area 264 px/);
  await expect.poll(maskStatus).toMatch(/^Label 3 · area 264 px/);
  await page.locator(".be-Mask canvas").focus();
  await page.keyboard.press("]");
  await expect.poll(maskStatus).not.toMatch(/^Label 3 /);
  const [, label, area] = (await maskStatus()).match(/^Label (\d+) · area (\d+) px/) ?? [];
  await expect.poll(tableStatus).toMatch(new RegExp(`label ${label} · area ${area} px`));
  await page.screenshot({ path: join(pictures, "saved.png") });
});

test("the page asks no other host for anything, and its console has no errors", () => {
  expect(lab.strangers).toEqual([]);
  expect(lab.complaints).toEqual([]);
});

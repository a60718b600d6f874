import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { savedMask } from "../notebooks/savedmask";
import { expectLinkedViews } from "./linkedviews";
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

test("a notebook of a kernel that is not here shows its mask and its table", async () => {
  const dialog = page.locator(".jp-Dialog", { hasText: "Select Kernel" });
  await dialog.getByRole("button", { name: "No Kernel" }).click();
  await page.locator('.jp-NotebookPanel-toolbar :text("No Kernel")').waitFor();
  await page.locator('.be-Mask[data-ready="true"]').waitFor();
  await page.locator('.be-Table[data-ready="true"]').waitFor();
  expect(await page.locator(".be-Error").count()).toBe(0);
});

test("without a kernel the mask follows the table, and the table the mask", async () => {
  await expectLinkedViews(page);
  await page.screenshot({ path: join(pictures, "saved.png") });
});

test("the page asks no other host for anything, and its console has no errors", () => {
  expect(lab.strangers).toEqual([]);
  expect(lab.complaints).toEqual([]);
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../laboratory";
import { type OpenLab, openLab, pictures } from "./openlab";

let lab: OpenLab;
let page: Page;
let panel: Locator;

const sources = (): Promise<string[]> =>
  page.locator(".jp-Notebook .jp-CodeCell .jp-InputArea-editor .cm-content").allInnerTexts();

const command = async (label: string): Promise<void> => {
  await page.keyboard.press("Control+Shift+c");
  await page.locator(".lm-CommandPalette-input").fill(label);
  await page.locator(".lm-CommandPalette-item", { hasText: label }).first().click();
};

const open = async (title: string): Promise<Locator> => {
  const item = panel.locator(".be-Snippet", { hasText: title }).first();
  await panel.locator("input[type=search]").fill(title);
  await item.locator("summary").press("Enter");
  await item.locator(".be-Snippet-preview pre").waitFor();
  return item;
};

beforeAll(async () => {
  lab = await openLab("01-segment-nuclei");
  ({ page } = lab);
  panel = page.locator(".be-Snippets");
  await page.locator(".jp-CodeCell .jp-InputArea-editor").nth(1).click();
  await command("BioEngine: Show snippets");
  await panel.waitFor({ state: "visible" });
});

afterAll(() => lab?.close());

test("filled-in fields change the preview and the cell, which repeats no import", async () => {
  const before = await sources();
  const item = await open("Measure the objects");
  await item.getByRole("checkbox", { name: "perimeter" }).check();
  await item.getByRole("checkbox", { name: "solidity" }).uncheck();
  await expect.poll(() => item.locator("pre").innerText()).toContain('"perimeter"');
  await page.screenshot({ path: join(pictures, "snippet-fields.png") });
  await item.getByRole("button", { name: "Below: Measure the objects" }).click();
  const after = await sources();
  expect(after).toHaveLength(before.length + 1);
  expect(after[2]).toMatch(/^const table = regionpropsTable/);
  expect(after[2]).toContain('"perimeter"');
  expect(after[2]).not.toContain('"solidity"');
});

test("a snippet above the cells that import keeps its imports", async () => {
  await page.locator(".jp-CodeCell .jp-InputArea-editor").first().click();
  const item = await open("Read an image");
  const offered = page.locator("datalist option");
  await expect
    .poll(() => offered.evaluateAll((options) => options.map((option) => option.getAttribute("value"))))
    .toEqual(expect.arrayContaining(["data/img2d.tif", "data/mask2d.tif"]));
  await item.getByLabel("Image file").fill('my "best" image.tif');
  await item.getByRole("button", { name: "Above: Read an image" }).click();
  const first = (await sources())[0];
  expect(first).toMatch(/^import \{ imread, imshow \} from "bioengine";/);
  expect(first).toContain('imread("my \\"best\\" image.tif")');
});

test("a snippet goes into a cell at the cursor, or is dragged there", async () => {
  const editor = page.locator(".jp-CodeCell .jp-InputArea-editor").last();
  await editor.click();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Enter");
  const item = await open("Histogram of a column");
  await item.getByRole("button", { name: "Into the cell: Histogram of a column" }).click();
  expect((await sources()).at(-1)).toMatch(/nuclei`\);\s+histogram\(table\.column\("area"\)/);
  await item.getByLabel("Column", { exact: true }).fill("solidity");
  await item.locator("summary").dragTo(editor);
  await expect.poll(async () => (await sources()).at(-1)).toContain('histogram(table.column("solidity")');
});

test("a cell is saved as a snippet in a file, and offered at once", async () => {
  await panel.locator("input[type=search]").fill("image");
  await page.locator(".jp-CodeCell .jp-InputArea-editor").nth(1).click({ button: "right" });
  await page.locator(".lm-Menu-item", { hasText: "Save the cell as a snippet" }).click();
  await page.locator(".jp-Dialog input").fill("My image");
  await page.locator(".jp-Dialog button", { hasText: "Save" }).click();
  await expect
    .poll(() => panel.locator(".be-Snippet-title").allInnerTexts(), { timeout: 10_000 })
    .toContain("My image");
  const file = join(root, "test/output/lab/01-segment-nuclei/snippets/my-image.ts");
  expect(readFileSync(file, "utf8")).toMatch(/^\/\/ title: My image\n\nimport \{ execute, /);
  await page.screenshot({ path: join(pictures, "snippet-saved.png") });
});

test("a shortcut and the arrow keys go to the search and along the snippets", async () => {
  await page.locator(".jp-CodeCell .jp-InputArea-editor").first().click();
  await page.keyboard.press("Control+Shift+y");
  const search = panel.locator("input[type=search]");
  await expect.poll(() => search.evaluate((input) => input === document.activeElement)).toBe(true);
  await search.fill("save");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain("Save the mask as TIFF");
  expect(await panel.locator(".be-Snippets-found").innerText()).toBe("3 snippets");
});

test("a comment's words bring a snippet as ghost text, which Tab accepts", async () => {
  const editor = page.locator(".jp-CodeCell .jp-InputArea-editor").first();
  await editor.click();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("// save csv");
  const ghost = page.locator(".jp-GhostText");
  await expect.poll(() => ghost.allInnerTexts().then((texts) => texts.join(""))).toContain("writeCsv");
  await page.screenshot({ path: join(pictures, "snippet-ghost.png") });
  await page.keyboard.press("Tab");
  await expect.poll(async () => (await sources())[0]).toMatch(/^\/\/ save csv\s+import \{ writeCsv \}/);
});

test("the browser's console has no errors", () => {
  expect(lab.complaints).toEqual([]);
});

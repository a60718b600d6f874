import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type OpenLab, openLab, pictures } from "./openlab";

const home = mkdtempSync(join(tmpdir(), "bioengine-home-"));
let lab: OpenLab;
let page: Page;
let training: Locator;

beforeAll(async () => {
  lab = await openLab("02-train", { BIOENGINE_HOME: home });
  ({ page } = lab);
  training = page.locator(".jp-CodeCell", { hasText: 'train("membranes"' }).locator(".jp-OutputArea");
});

afterAll(async () => {
  await lab?.close();
  rmSync(home, { recursive: true, force: true });
});

test("while it trains, a picture shows the loss, the score and the time left", async () => {
  await page.click('.lm-MenuBar-itemLabel:text-is("Run")');
  await page.click('.lm-Menu-itemLabel:text-is("Run All Cells")');
  await expect
    .poll(() => training.innerText().catch(() => ""), { timeout: 120_000 })
    .toMatch(/epoch [3-9] of 10, about \d+ s left/);
  await training.scrollIntoViewIfNeeded();
  expect(await training.locator("svg").count()).toBeGreaterThan(0);
  expect(await training.locator('[role="progressbar"]').count()).toBe(1);
  await page.screenshot({ path: join(pictures, "training.png") });
});

test("the stop button ends the training, and keeps and says what was learnt", async () => {
  const wide = { width: 1500, height: 1100 };
  await page.setViewportSize({ ...wide, width: 800 });
  await page.click('.lm-MenuBar-itemLabel:text-is("Kernel")');
  await page.click('.lm-Menu-itemLabel:text-is("Interrupt Kernel")');
  await expect.poll(() => training.innerText(), { timeout: 10_000 }).toContain("KeyboardInterrupt");
  await expect
    .poll(async () => `${await training.innerText()} ${await training.innerHTML()}`, { timeout: 30_000 })
    .toMatch(/stopped after \d of 10 epochs/);
  await training.scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(pictures, "stopped.png") });
  // Two panels of 150, one below the other: side by side the second would be cut off.
  const chart = await training.locator(".vega-embed").boundingBox();
  expect(chart?.height).toBeGreaterThan(400);
  expect(chart?.width).toBeLessThan((await training.boundingBox())?.width ?? 0);
  await page.setViewportSize(wide);
  expect(existsSync(join(home, "models/membranes/1/model.onnx"))).toBe(true);
});

test("the kernel keeps its state, and the model runs by its id", async () => {
  await page.locator(".jp-CodeCell .jp-InputArea-editor").last().click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(
    `const kept = await execute({ inputs: [image.transpose([2, 0, 1]), {}], modelName: "membranes" });
     console.log("F1 of what was kept:", matching(labels, kept.mask.at(0)).f1);`,
  );
  await page.keyboard.press("Control+Enter");
  const last = page.locator(".jp-CodeCell").last().locator(".jp-OutputArea");
  await expect
    .poll(() => last.innerText().catch(() => ""), { timeout: 60_000 })
    .toMatch(/F1 of what was kept: 0\.[89]/);
});

test("the browser's console has no errors", () => {
  expect(lab.complaints).toEqual([]);
});

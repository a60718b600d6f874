import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type OpenLab, openLab, pictures } from "./openlab";

let lab: OpenLab;
let page: Page;
let bar: Locator;

beforeAll(async () => {
  lab = await openLab("reducedmotion", {}, [
    'import { progressBar } from "@bioengine/display";\n' +
      'progressBar("count cells", { delayMs: 0 }).update({ text: "waiting for the model" });\n' +
      "await new Promise(() => setTimeout(() => {}, 1e6));",
  ]);
  ({ page } = lab);
  await page.locator(".jp-CodeCell .cm-content").click();
  await page.keyboard.press("Control+Enter");
  bar = page.locator('.jp-OutputArea [role="progressbar"]');
  await bar.waitFor();
});

afterAll(() => lab?.close());

const animations = () => bar.evaluate((element) => element.getAnimations({ subtree: true }).length);
const partWidth = () =>
  bar.evaluate(
    ({ clientWidth, children }) => (children[children.length - 1]?.clientWidth ?? 0) / clientWidth,
  );

test("work of unknown length moves along the bar", async () => {
  expect(await animations()).toBe(1);
  expect(await partWidth()).toBeCloseTo(0.3, 2);
  await page.screenshot({ path: join(pictures, "motion.png") });
});

test("nothing moves for a person who wants less motion: dashes along the whole bar rest", async () => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  expect(await animations()).toBe(0);
  expect(await partWidth()).toBe(1);
  const first = await bar.screenshot({ path: join(pictures, "reducedmotion.png") });
  expect((await bar.screenshot()).equals(first)).toBe(true);
  await page.screenshot({ path: join(pictures, "stillbar.png") });
});

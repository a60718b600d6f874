import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type OpenLab, openLab, pictures } from "./openlab";

let lab: OpenLab;
let page: Page;

const chart = (index: number): Locator => page.locator(".vega-embed").nth(index);

/** What the tooltip says at a place of a chart, in fractions of its plot. */
async function tooltipAt(index: number, x: number, y: number): Promise<string> {
  const plot = chart(index).locator("canvas");
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  if (!box) throw new Error("The chart has no size");
  await page.mouse.move(box.x + x * box.width - 3, box.y + y * box.height);
  await page.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: 3 });
  return (await page.locator("#vg-tooltip-element.visible").innerText()).replace(/\s+/g, " ");
}

beforeAll(async () => {
  lab = await openLab("charts", {}, [
    'import { histogram, plot } from "bioengine";\n' +
      "const frames = [0, 1, 2, 3, 4, 0, 1, 2, 3, 4];\n" +
      'const kinds = frames.map((_, i) => (i < 5 ? "control" : "treated"));\n' +
      "const sizes = [1, 2, 3, null, 5, 9, 8, 7, 6, 5];\n" +
      'plot(frames, sizes, { groups: kinds, title: "Growth" });\n' +
      "const tracks = Array.from({ length: 200 }, (_, i) => Math.floor(i / 5));\n" +
      "const at = tracks.map((_, i) => i % 5);\n" +
      "plot(at, tracks.map((track, i) => track + (i % 5) ** 2), { groups: tracks });\n" +
      "histogram(sizes, { groups: kinds, bins: 4 });",
  ]);
  ({ page } = lab);
  await page.click('.lm-MenuBar-itemLabel:text-is("Run")');
  await page.click('.lm-Menu-itemLabel:text-is("Run All Cells")');
  await page.setViewportSize({ width: 1300, height: 1700 });
  await chart(2).waitFor({ timeout: 90_000 });
});

afterAll(() => lab?.close());

test("points of lines and bars of groups tell what they are", async () => {
  for (const index of [0, 1, 2])
    await chart(index).screenshot({ path: join(pictures, `chart-${index}.png`) });
  expect(await tooltipAt(0, 0.74, 0.44)).toBe("group: treated x: 3 y: 6");
  expect(await tooltipAt(2, 0.2, 0.7)).toBe("value: 1 – 3 count: 2 group: control");
});

test("the browser's console has no errors", () => {
  expect(lab.complaints).toEqual([]);
});

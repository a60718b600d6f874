import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OpenLab, openLab, pictures } from "./openlab";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

let lab: OpenLab;
let page: Page;

/** The rules of axe-core, WCAG 2.2 AA and good practice, that a part of the page breaks, each with the elements that do. */
async function broken(selector: string): Promise<string[]> {
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(selector)})`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html.slice(0, 120)} ${any[0]?.message ?? ""}`),
  );
}

beforeAll(async () => {
  lab = await openLab("accessibility", {}, [
    'import { imread, imshow, regionpropsTable } from "bioengine";\n' +
      'const image = await imread("data/img2d.tif");\nconst mask = await imread("data/mask2d.tif");\n' +
      "imshow(mask, { image: image });\nregionpropsTable(mask)",
  ]);
  ({ page } = lab);
  await page.setViewportSize({ width: 1300, height: 1700 });
  await page.click('.lm-MenuBar-itemLabel:text-is("Run")');
  await page.click('.lm-Menu-itemLabel:text-is("Run All Cells")');
  await page.locator('.be-Table[data-ready="true"]').waitFor({ timeout: 90_000 });
  await page.addScriptTag({ path: axe });
});

afterAll(() => lab?.close());

for (const theme of ["JupyterLab Light", "JupyterLab Dark"]) {
  describe(`in ${theme}`, () => {
    beforeAll(async () => {
      await page.click('.lm-MenuBar-itemLabel:text-is("Settings")');
      await page.hover('.lm-Menu-itemLabel:text-is("Theme")');
      await page.click(`.lm-Menu-itemLabel:text-is("${theme}")`);
      await page.waitForSelector(`body[data-jp-theme-name="${theme}"]`, { state: "attached" });
    });

    test("the mask viewer breaks no rule of accessibility", async () => {
      expect(await broken(".be-Mask")).toEqual([]);
    });

    test("the table breaks no rule of accessibility, nor do its plots and its HTML", async () => {
      const table = page.locator(".be-Table");
      await table.getByRole("button", { name: /plots/ }).click();
      expect(await broken(".be-Table")).toEqual([]);
      await table.getByRole("button", { name: /HTML/ }).click();
      expect(await broken(".be-Table")).toEqual([]);
      await page.screenshot({ path: join(pictures, `accessibility-${theme}.png`) });
      await table.getByRole("button", { name: /HTML/ }).click();
      await table.getByRole("button", { name: /plots/ }).click();
    });

    test("the snippets panel breaks no rule of accessibility", async () => {
      const panel = page.locator(".be-Snippets");
      if (!(await panel.isVisible())) await page.locator('.jp-SideBar [title*="nippets"]').click();
      await panel.locator("summary").first().click();
      await panel.locator("pre").first().waitFor();
      expect(await broken(".be-Snippets")).toEqual([]);
      await page.screenshot({ path: join(pictures, `accessibility-snippets-${theme}.png`) });
      await panel.locator("summary").first().click();
    });
  });
}

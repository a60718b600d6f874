import { maskBundle, tableBundle } from "@bioengine/display";
import { MASK_MIME, TABLE_MIME } from "@bioengine/mime";
import { ndarray, Table, zeros } from "@bioengine/ndarray";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BrowserPage, openPage } from "./browserpage";

let opened: BrowserPage;
beforeAll(async () => {
  opened = await openPage();
});
afterAll(() => opened?.close());

/** What is no word of the views: names and figures of the data, formats, and the table in words. */
const data =
  /^(#1|SVG|z|⟦?Table: .*|[\d\s.,:;×·–xy()px=-]*|label|area|circularity|axis_\w+|eccentricity|equivalent_\w+)( \(px\))?$/;

test("every text of a mask and a table comes from JupyterLab's translation", async () => {
  const mask = ndarray(
    [
      [
        [0, 1],
        [2, 2],
      ],
      [
        [0, 1],
        [0, 2],
      ],
    ],
    undefined,
    { dtype: "int32" },
  );
  const options = { title: "#1", image: zeros([2, 2, 2], "uint8"), compare: mask };
  const table = new Table({ label: [1, 2], area: [1, 2.5], circularity: [0.5, 1] });
  const shown = [maskBundle(mask, options).data[MASK_MIME], tableBundle(table).data[TABLE_MIME]];
  const { page } = opened;
  const list = shown.map((payload) => JSON.stringify(payload)).join(", ");
  await page.evaluate(`import("/test/translatedpage.ts").then((m) => m.showTranslated(${list}))`);
  await page.locator('.be-Mask[data-ready="true"]').waitFor();
  await page.locator(".be-Table-html table").waitFor();
  await page.locator(".be-Mask canvas").hover();
  const texts: string[] = await page.evaluate(
    'import("/test/translatedpage.ts").then((m) => m.shownTexts())',
  );
  expect(texts.filter((text) => text.includes("⟦")).length).toBeGreaterThan(60);
  expect(texts.filter((text) => !text.includes("⟦") && !data.test(text.trim()))).toEqual([]);
});

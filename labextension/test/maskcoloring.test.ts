import { maskBundle } from "@bioengine/display";
import { MASK_MIME } from "@bioengine/mime";
import { Table } from "@bioengine/ndarray";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BrowserPage, openPage } from "./browserpage";
import { colourOf, image, mask, patience, payloadOf, SIDE, showMasks, takePicture } from "./discs";

let opened: BrowserPage;

beforeAll(async () => {
  opened = await openPage();
});

afterAll(() => opened?.close());

const show = (...payloads: unknown[]) => showMasks(opened.page, ...payloads);
const picture = (name: string) => takePicture(opened.page, name);

test("MaskView colours labels by what it measures, and shows the bar", async () => {
  const { page } = opened;
  await show(payloadOf({ title: "Discs", spacing: [0.5, 0.5] }));
  const byLabel = await colourOf(opened.page, 1);
  await page.getByLabel("What the colours stand for").selectOption("area (µm²)");
  expect(await colourOf(opened.page, 1)).toEqual([68, 1, 84]);
  await picture("colourbar");
  await page.getByLabel("What the colours stand for").selectOption("Label");
  expect(await colourOf(opened.page, 1)).toEqual(byLabel);
});

test("MaskView starts with the measurement that the mask came with", async () => {
  const { page } = opened;
  // Labels in all corners, which no legend hides; label 9 has no number.
  const speeds = new Table({ label: [1, 57, 2, 64, 8], speed: [9.5, 0.5, 4, 9.5, 0.5] });
  await show(payloadOf({ image, title: "Discs", colorBy: speeds, alpha: 1 }));
  const choice = page.getByLabel("What the colours stand for");
  const chosen = () => choice.evaluate((list: HTMLSelectElement) => list.value);
  expect(await chosen()).toBe("speed");
  await page.getByRole("slider", { name: "Opacity of the labels" }).fill("100");
  expect(await colourOf(opened.page, 1)).toEqual([253, 231, 37]);
  expect(await colourOf(opened.page, 57)).toEqual([68, 1, 84]);
  expect(await colourOf(opened.page, 64)).toEqual([253, 231, 37]);
  expect(await colourOf(opened.page, 8)).toEqual([68, 1, 84]);
  expect(await page.locator(".be-Mask-legend text").allTextContents()).toEqual(["speed", "0.5", "9.5"]);
  expect(await colourOf(opened.page, 9)).toEqual([128, 128, 128]);
  await expect.poll(() => page.locator(".be-Dropdown option").count(), patience).toBeGreaterThan(5);
  expect(await chosen()).toBe("speed");
  await picture("colorby");
});

test("MaskView colours by the numbers that a mask came with, also beside its own and a table's", async () => {
  const { page } = opened;
  // Of labels 1 to 32 alone: the page keeps the table for others who show the same mask.
  const bundle = maskBundle(mask.slice([0, SIDE / 2]), { title: "Discs", colorBy: "area" });
  const payload = bundle.data[MASK_MIME] as { id: string };
  const column = (name: string, values: number[]) => ({ name, dtype: "int64", unit: "px", values });
  const columns = [column("label", [1, 32]), column("area", [900, 1])];
  await show(payload);
  await page.evaluate(
    `import("/src/sharedtables.ts").then((m) => { m.shareTable("${payload.id}", ${JSON.stringify({ version: 1, rowCount: 2, digest: "", columns })}); })`,
  );
  const options = page.locator(".be-Dropdown option");
  await expect.poll(() => options.count(), patience).toBeGreaterThan(5);
  const names = await options.allInnerTexts();
  expect(names.slice(0, 2)).toEqual(["area (px)", "Label"]);
  expect(names.filter((name) => name === "area (px)").length).toBe(1);
  expect(await colourOf(opened.page, 1)).toEqual([68, 1, 84]);
});

test("MaskView offers the columns of a table of its labels", async () => {
  const { page } = opened;
  const payload = payloadOf({ title: "Discs" }) as { id: string };
  const count = Array.from({ length: 64 }, (_, i) => (i === 56 ? 2 : 9));
  const table = {
    version: 1,
    rowCount: 64,
    digest: "",
    columns: [
      { name: "label", dtype: "int64", values: count.map((_, i) => i + 1) },
      { name: "spots", dtype: "int64", values: count },
    ],
  };
  await show(payload);
  await page.evaluate(
    `import("/src/sharedtables.ts").then((m) => { m.shareTable("${payload.id}", ${JSON.stringify(table)}); })`,
  );
  await page.getByLabel("What the colours stand for").selectOption("spots");
  expect(await colourOf(opened.page, 57)).toEqual([68, 1, 84]);
  expect(await colourOf(opened.page, 1)).toEqual([253, 231, 37]);
  // A table of a few rows, such as head(3), leaves the whole one's colours.
  const head = {
    ...table,
    rowCount: 1,
    columns: table.columns.map((column) => ({ ...column, values: column.values.slice(0, 1) })),
  };
  await page.evaluate(
    `import("/src/sharedtables.ts").then((m) => { m.shareTable("${payload.id}", ${JSON.stringify(head)}); })`,
  );
  expect(await colourOf(opened.page, 57)).toEqual([68, 1, 84]);
});

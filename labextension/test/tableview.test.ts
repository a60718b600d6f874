import type { TablePayload } from "@bioengine/mime";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BrowserPage, openPage } from "./browserpage";

let opened: BrowserPage;

beforeAll(async () => {
  opened = await openPage();
});

afterAll(() => opened?.close());

const payload = (name: string): TablePayload => ({
  version: 1,
  rowCount: 2,
  columns: [
    { name, dtype: "int32", values: [4, 7] },
    { name: "mean", dtype: "float64", values: [2.5, 0.5] },
  ],
  digest: "Table: 2 rows × 2 columns",
});

test("TableView has the table's columns and no other, with labels and without", async () => {
  for (const name of ["label", "condition"]) {
    const width = await opened.page.evaluate(
      `import("/test/tablepage.ts").then((m) => m.showTable(${JSON.stringify(payload(name))}).headerWidth)`,
    );
    expect(width).toBe(0);
  }
});

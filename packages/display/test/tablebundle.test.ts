import { MASK_MIME, type MaskPayload, parseTablePayload, TABLE_MIME } from "@bioengine/mime";
import { ndarray, Table, zeros } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { linkMask, maskBundle, tableBundle } from "../src/index";

const table = new Table({
  label: Int32Array.of(1, 2, 3),
  area: Float64Array.of(12.3456789, Number.NaN, Number.POSITIVE_INFINITY),
  mean: Float32Array.of(0.1, 2.5, 1e-7),
  big: BigInt64Array.of(5n, 2n ** 60n, -1n),
  name: ["a", "<b>&\"'", null],
  inside: [true, false, true],
  coords: [[[1, 2]], [], [[3, 4]]],
});

function payloadOf(value: Table) {
  return parseTablePayload(JSON.parse(JSON.stringify(tableBundle(value).data[TABLE_MIME])));
}

test("tableBundle() sends every kind of column", () => {
  const { columns, rowCount } = payloadOf(table);
  expect(rowCount).toBe(3);
  expect(columns).toEqual([
    { name: "label", dtype: "int32", values: [1, 2, 3] },
    { name: "area", dtype: "float64", values: [12.3456789, null, "Infinity"] },
    { name: "mean", dtype: "float32", values: [0.100000001, 2.5, 1.00000001e-7] },
    { name: "big", dtype: "int64", values: [5, "1152921504606846976", -1] },
    { name: "name", dtype: "object", values: ["a", "<b>&\"'", null] },
    { name: "inside", dtype: "bool", values: [true, false, true] },
    { name: "coords", dtype: "object", values: ["[[1,2]]", "[]", "[[3,4]]"] },
  ]);
  for (const [i, value] of columns[2]!.values.entries()) {
    expect(Math.fround(Number(value))).toBe(table.column("mean")[i]);
  }
});

test("tableBundle() writes HTML that is escaped, rounded and readable aloud", () => {
  const { data } = tableBundle(table);
  expect(Object.keys(data)).toEqual([TABLE_MIME, "text/html", "text/plain"]);
  const html = String(data["text/html"]);
  expect(html).toContain("&lt;b&gt;&amp;&quot;&#39;");
  expect(html).not.toContain("<b>");
  expect(html).toContain('<th scope="col" style="text-align: right">area</th>');
  expect(html).toContain('<th scope="row" style="text-align: right">2</th>');
  expect(html).toContain(">12.35<");
  expect(html).toContain(">1e-7<");
  expect(html).toContain(">3 rows</caption>");
});

test("tableBundle() shows the first 50 rows and says how many there are", () => {
  const long = new Table({ value: Float64Array.from({ length: 187 }, (_, i) => i) });
  const html = String(tableBundle(long).data["text/html"]);
  expect(html.match(/<tr>/g)).toHaveLength(51);
  expect(html).toContain("First 50 of 187 rows");
  expect(payloadOf(long).columns[0]!.values).toHaveLength(187);
});

test("tableBundle() says what is in each column", () => {
  const long = Table.concat(new Array<Table>(7).fill(table));
  expect(tableBundle(long).data["text/plain"]).toBe(
    [
      "Table: 21 rows × 7 columns",
      "label (int32): min 1, median 2, max 3",
      "area (float64): min 12.35, median Infinity, max Infinity; 7 missing",
      "mean (float32): min 1e-7, median 0.1, max 2.5",
      "big (int64): 3 values: 5, 1152921504606846976, -1",
      "name (object): 2 values: a, <b>&\"'; 7 missing",
      "inside (bool): 2 values: true, false",
      "coords (object): 3 values: [[1,2]], [], [[3,4]]",
    ].join("\n"),
  );
});

test("tableBundle() prints a small table as it is", () => {
  const sides = new Table({ side: ["left", "right"], area_mean: [483.3333, 505], count: [12, null] });
  expect(tableBundle(sides).data["text/plain"]).toBe(
    ["Table: 2 rows × 3 columns", "side   area_mean  count", "left   483.3      12", "right  505"].join("\n"),
  );
});

test("tableBundle()'s median of an even number of values is the mean of the two in the middle, as NumPy's", () => {
  const even = new Table({ area: Float64Array.from({ length: 22 }, (_, i) => i ** 2) });
  // numpy.median(numpy.arange(22.) ** 2)
  expect(tableBundle(even).data["text/plain"]).toContain("median 110.5");
});

test("tableBundle() keeps its text short for many columns and its payload for many rows", () => {
  const wide = new Table(Array.from({ length: 300 }, (_, i) => [`a_long_column_name_${i}`, [i]] as const));
  const text = String(tableBundle(wide).data["text/plain"]);
  expect(text.length).toBeLessThanOrEqual(1200);
  expect(text).toMatch(/and \d+ more: a_long_column_name_\d+, /);
  const tall = new Table({ value: Float64Array.from({ length: 300_000 }, (_, i) => i / 7) });
  const payload = payloadOf(tall);
  expect([payload.rowCount, payload.columns[0]!.values.length]).toEqual([300_000, 200_000]);
  expect(JSON.stringify(payload).length).toBeLessThan(5_000_000);
  expect(payload.digest).toContain("Numbers below are of the first 200000 rows");
});

test("tableBundle() shows tables without rows or columns", () => {
  expect(tableBundle(new Table({})).data["text/plain"]).toBe("Table: 0 rows × 0 columns");
  expect(tableBundle(new Table({ a: [] })).data["text/plain"]).toContain("no values");
  expect(payloadOf(new Table({ a: new Float32Array(0) })).rowCount).toBe(0);
});

test("linkMask() gives the table the id of its mask", () => {
  const mask = ndarray(Int32Array.of(0, 1, 2, 3), [2, 2]);
  const linked = table.select(["label", "area"]);
  linkMask(linked, mask);
  expect(payloadOf(linked).maskId).toBe((maskBundle(mask).data[MASK_MIME] as MaskPayload).id);
  expect(payloadOf(table).maskId).toBeUndefined();
});

test("a table linked to more than a stack shows without a link", () => {
  const linked = table.select(["label"]);
  linkMask(linked, zeros([1, 2, 3, 4], "int32"));
  expect(payloadOf(linked).maskId).toBeUndefined();
});

test("tableBundle() refuses what is no table", () => {
  expect(() => tableBundle([{ area: 1 }] as never)).toThrow("must be a Table such as regionpropsTable(mask)");
});

import { regionpropsTable } from "@bioengine/measure";
import { ndarray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { fillFields, snippets } from "../src/index";
import { properties } from "../src/property";

const file = { label: "File", literal: '"a.tif"' };
const size = { label: "Size", literal: "5" };

test("fillFields() changes the fields and nothing else", () => {
  const code = 'read("a.tif", { size: 5, sigma: 0.5, x5: 15 });';
  expect(fillFields(code, [file, size], ['"b $& \\" c.tif"', "7.5"])).toBe(
    'read("b $& \\" c.tif", { size: 7.5, sigma: 0.5, x5: 15 });',
  );
  expect(fillFields(code, [size, file], ["7", '"b"'])).toBe('read("b", { size: 7, sigma: 0.5, x5: 15 });');
  expect(fillFields(code, [file, size], [])).toBe(code);
});

test("fillFields() refuses a field whose place is unclear, and a value that is no JSON", () => {
  expect(() => fillFields("f(5, 5)", [size], ["6"])).toThrow(
    new RangeError("Cannot fill in Size: the code must hold 5 once, got it 2 times"),
  );
  expect(() => fillFields("f(6)", [size], ["6"])).toThrow(RangeError);
  expect(() => fillFields("f(5)", [size], ["process.exit()"])).toThrow(SyntaxError);
});

test("every field of the product's snippets has one place, and a value among its choices", () => {
  const all = snippets.flatMap(({ code, fields }) => fields.map((field) => ({ code, field })));
  expect(all.length).toBeGreaterThan(10);
  for (const { code, field } of all) {
    expect(fillFields(code, [field], [field.literal])).toBe(code);
    if (!Array.isArray(field.choices)) continue;
    expect(field.choices).toEqual(expect.arrayContaining([JSON.parse(field.literal)].flat()));
  }
});

test("every property that people choose from can be measured", () => {
  const mask = ndarray(new Int32Array([0, 1, 1, 0, 1, 1, 0, 0, 1]), [3, 3]);
  const table = regionpropsTable(mask, { image: mask, properties });
  expect(table.rowCount).toBe(1);
});

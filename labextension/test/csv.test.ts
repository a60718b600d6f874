import { expect, test } from "vitest";
import { tableCsv } from "../src/table/csv";

test("tableCsv() writes full precision in the given order, missing values empty", () => {
  const columns = [
    { name: "label", dtype: "int32", values: [1, 2, 3] },
    { name: "area", dtype: "float64", unit: "µm²", values: [0.1234567890123, null, 30] },
  ];
  expect(tableCsv(columns, [2, 0, 1])).toBe("label,area\r\n3,30\r\n1,0.1234567890123\r\n2,\r\n");
});

test("tableCsv() quotes commas, quotes and line breaks", () => {
  const columns = [{ name: 'a "b"', dtype: "string", values: ["x, y", "two\nlines", "plain"] }];
  expect(tableCsv(columns, [0, 1, 2])).toBe('"a ""b"""\r\n"x, y"\r\n"two\nlines"\r\nplain\r\n');
});

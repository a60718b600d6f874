import { expect, test } from "vitest";
import { columnFormat } from "../src/table/columnformat";

const written = (dtype: string, values: (number | string | boolean | null)[]) =>
  values.map(columnFormat({ name: "column", dtype, values }));

test("columnFormat() gives a floating-point column one number of decimals", () => {
  expect(written("float64", [0.5, 0.81234])).toEqual(["0.5000", "0.8123"]);
  expect(written("float32", [1.25, 511.128])).toEqual(["1.25", "511.13"]);
  expect(written("float64", [12345.678, 1.25])).toEqual(["12345.7", "1.3"]);
});

test("columnFormat() writes whole numbers without decimals", () => {
  expect(written("float64", [30, 1200])).toEqual(["30", "1200"]);
  expect(written("int32", [30, -4])).toEqual(["30", "-4"]);
});

test("columnFormat() shows values too small or too large for the decimals with an exponent", () => {
  expect(written("float64", [0.5, 1.5e-7, 0, 2.5e12])).toEqual(["0.5000", "1.500e-7", "0.0000", "2.500e+12"]);
});

test("columnFormat() leaves missing values empty, and text and special numbers as they are", () => {
  expect(written("float64", [null, "Infinity", 0.5])).toEqual(["", "Infinity", "0.5000"]);
  expect(written("object", ["a", true, 1.23456789, null])).toEqual(["a", "true", "1.23456789", ""]);
});

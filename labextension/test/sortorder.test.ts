import fc from "fast-check";
import { expect, test } from "vitest";
import { nextSorting, sortOrder } from "../src/table/sortorder";

const order = (dtype: string, values: (number | string | boolean | null)[]) => {
  const column = { name: "column", dtype, values };
  return {
    ascending: [...sortOrder(column, "ascending")],
    descending: [...sortOrder(column, "descending")],
  };
};

test("nextSorting() goes from ascending to descending to the original order", () => {
  const first = nextSorting(null, 2);
  expect(first).toEqual({ column: 2, direction: "ascending" });
  const second = nextSorting(first, 2);
  expect(second).toEqual({ column: 2, direction: "descending" });
  expect(nextSorting(second, 2)).toBeNull();
  expect(nextSorting(second, 0)).toEqual({ column: 0, direction: "ascending" });
});

test("sortOrder() sorts numbers by value, missing ones last either way", () => {
  expect(order("float64", [10, null, 9, -1])).toEqual({ ascending: [3, 2, 0, 1], descending: [0, 2, 3, 1] });
});

test("sortOrder() keeps equal rows in their order either way", () => {
  expect(order("int32", [1, 0, 1, 0])).toEqual({ ascending: [1, 3, 0, 2], descending: [0, 2, 1, 3] });
});

test("sortOrder() knows infinities and integers beyond 2^53 that are written as strings", () => {
  expect(order("float32", ["Infinity", 0, "-Infinity"]).ascending).toEqual([2, 1, 0]);
  expect(order("uint64", ["9007199254740993", "9007199254740992", 5]).ascending).toEqual([2, 1, 0]);
});

test("sortOrder() treats text that is no number in a numeric column as missing", () => {
  expect(order("int64", ["many", 2, 1]).ascending).toEqual([2, 1, 0]);
});

test("sortOrder() sorts words as a collator that knows numbers does", () => {
  const numeric = new Intl.Collator(undefined, { numeric: true });
  const word = fc.array(fc.constantFrom(..."aBé-_. 0019"), { maxLength: 6 }).map((signs) => signs.join(""));
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), (values) => {
      const rows = values.map((_, row) => row);
      expect(order("string", values).ascending).toEqual(
        rows.sort((a, b) => numeric.compare(values[a], values[b]) || a - b),
      );
    }),
    { numRuns: 500 },
  );
});

test("sortOrder() sorts text as people do, and booleans false first", () => {
  expect(order("string", ["cell 10", "cell 9", "Cell 1"]).ascending).toEqual([2, 1, 0]);
  expect(order("bool", [true, false, true]).ascending).toEqual([1, 0, 2]);
});

import { expect, test } from "vitest";
import { binOf, binRecords } from "../src/plot/bins";

test("binRecords() counts in bins of a round width that begin at a multiple of it", () => {
  const bins = binRecords(new Float64Array([1, 2, 2, 9]), [0, 1, 2, 3]);
  expect(bins).toEqual({ low: 0, width: 2, counts: Uint32Array.of(1, 2, 0, 0, 1) });
});

test("binRecords() puts values on an edge of tenths into the bin that begins there", () => {
  const values = Float64Array.from({ length: 100 }, (_, i) => i / 100);
  const bins = binRecords(values, [...values.keys()]);
  expect(bins?.width).toBe(0.1);
  expect([...(bins?.counts ?? [])]).toEqual(Array(10).fill(10));
});

test("binRecords() leaves out what is not finite, and other records", () => {
  const values = new Float64Array([3, Number.NaN, Number.POSITIVE_INFINITY, 100]);
  expect(binRecords(values, [0, 1, 2])).toEqual({ low: 3, width: 1, counts: Uint32Array.of(1) });
  expect(binRecords(values, [1, 2])).toBeNull();
});

test("binOf() of a value that is not finite is none", () => {
  expect(binOf({ low: 0, width: 2 }, Number.NaN)).toBe(-1);
  expect(binOf({ low: -2, width: 2 }, 1)).toBe(1);
});

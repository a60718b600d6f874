import fc from "fast-check";
import { expect, test } from "vitest";
import { descendingOrder } from "../src/stardist/order";

test("descendingOrder() orders as Array.sort does, equal values as they come", () => {
  const value = fc.oneof(fc.float({ noNaN: true }), fc.constantFrom(0.5, 1, 2 ** -149));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 300 }), (list) => {
      const values = Float32Array.from(list, (each) => each + 0);
      const expected = [...values.keys()].sort((a, b) => values[b] - values[a] || 0);
      expect([...descendingOrder(values)]).toEqual(expected);
    }),
  );
});

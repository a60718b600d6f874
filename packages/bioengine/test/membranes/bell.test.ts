import { seededRandom } from "@bioengine/engine";
import { expect, test } from "vitest";
import { bell } from "../../src/membranes/bell";

test("bell() has mean 0 and standard deviation 1", () => {
  const random = seededRandom(1);
  const values = Array.from({ length: 20_000 }, () => bell(random));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  // Four standard errors.
  expect(Math.abs(mean)).toBeLessThan(0.03);
  expect(Math.abs(variance - 1)).toBeLessThan(0.04);
});

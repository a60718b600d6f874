import { ndarray, stack } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import * as measure from "../src/index";

const mask = ndarray(Int32Array.of(0, 1, 1, 0, 2, 2), [2, 3]);
const film = stack([mask, mask]);

const doors: [name: string, call: (options: object) => unknown][] = [
  ["findBoundaries", (options) => measure.findBoundaries(mask, options)],
  ["findContours", (options) => measure.findContours(mask, 1, options)],
  ["label", (options) => measure.label(mask, options)],
  ["labelToRgb", (options) => measure.labelToRgb(mask, options)],
  ["linkLabels", (options) => measure.linkLabels(film, options)],
  ["matching", (options) => measure.matching(mask, mask, options)],
  ["matchingTable", (options) => measure.matchingTable(mask, mask, options)],
  ["nearestPoints", (options) => measure.nearestPoints([[1, 2]], options)],
  ["regionprops", (options) => measure.regionprops(mask, options)],
  ["regionpropsTable", (options) => measure.regionpropsTable(mask, options)],
  ["toGeoJson", (options) => measure.toGeoJson(mask, options)],
  ["touchingLabels", (options) => measure.touchingLabels(mask, options)],
  ["trackLabels", (options) => measure.trackLabels(film, options)],
  ["mannWhitney", (options) => measure.mannWhitney([1, 2], [3, 5], options)],
  ["wilcoxon", (options) => measure.wilcoxon([1, 2], [3, 5], options)],
  ["adjustPValues", (options) => measure.adjustPValues([0.1], options)],
  ["tTest", (options) => measure.tTest([1, 2], [3, 5], options)],
];
for (const [name, call] of doors) {
  test(`${name}() refuses an option that it would ignore, and one that is no option`, () => {
    expect(() => call({ background: 1 })).toThrow(/^Cannot .*: options must be among .*, got background/);
    expect(() => call(2 as never)).toThrow(/options must be an object, got 2; use \w+\(…, \{ \w+: 2 \}\)$/);
    expect(() => call({})).not.toThrow();
  });
}

test("the option that was probably meant is named", () => {
  expect(() => measure.tTest([1, 2], [3, 5], { equal_var: true } as object)).toThrow(
    "Cannot test the means: options must be among equalVariances, paired, alternative, got equal_var; use tTest(…, { equalVariances: true })",
  );
  expect(() => measure.label(mask, { conectivity: 1 } as object)).toThrow(
    "use label(…, { connectivity: 1 })",
  );
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ndarray } from "@bioengine/ndarray";
import { describe, expect, test } from "vitest";
import { findContours, polygonToMask } from "../src/index";

type Corners = [y: number, x: number][];
const { shape, cases }: { shape: number[]; cases: { polygon: Corners; mask: string }[] } = JSON.parse(
  readFileSync(join(__dirname, "fixtures/polygonmasks.json"), "utf8"),
);

describe("polygonToMask() gives scikit-image's mask", () => {
  test.each(cases.map(({ polygon, mask }, i) => [i, polygon, mask] as const))(
    "of polygon %i",
    (_, polygon, mask) => {
      const found = polygonToMask(shape, polygon);
      expect([found.dtype, found.shape]).toEqual(["bool", shape]);
      expect(found.data.join("")).toBe(mask);
      expect(polygonToMask(shape, ndarray(polygon.flat(), [polygon.length, 2])).data.join("")).toBe(mask);
    },
  );
});

test("polygonToMask() fills what findContours() outlines", () => {
  const drawn = polygonToMask(
    [30, 40],
    [
      [3, 5],
      [25, 10],
      [14, 35],
    ],
  );
  const [outline] = findContours(drawn, 0.5, { fullyConnected: "high" });
  expect(polygonToMask([30, 40], outline).data).toEqual(drawn.data);
});

const refused: [message: string, given: unknown[]][] = [
  ["the shape must be two lengths above 0, got [2, 3, 4]; use polygonToMask([512, 512], …)", [[2, 3, 4], []]],
  ["the shape must be two lengths above 0, got Number", [7, []]],
  ["a list of [y, x] or an array [n, 2] is needed, got 5", [[7, 7], 5]],
  ["each corner must be two finite numbers y and x, got [1, NaN]", [[7, 7], [[1, Number.NaN]]]],
  ["each corner must be two finite numbers y and x, got [1, 2, 3]", [[7, 7], ndarray([[1, 2, 3]])]],
];
test.each(refused)("polygonToMask() says: %s", (message, given) => {
  expect(() => Reflect.apply(polygonToMask, undefined, given)).toThrow(message);
});

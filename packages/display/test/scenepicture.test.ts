import { expect, test } from "vitest";
import type { Shape } from "../src/chart/scene";
import { scenePicture } from "../src/chart/scenepicture";

const draw = (shapes: Shape[], scale = 1) => {
  const { pixels, width } = scenePicture({ width: 8, height: 6, shapes }, scale);
  return (y: number, x: number) => [...pixels.subarray(3 * (y * width + x), 3 * (y * width + x) + 3)];
};
const white = [255, 255, 255];
const axis = [0xa0, 0xa0, 0xa0];
const text = (content: string): Shape => ({
  kind: "text",
  at: [0, 5],
  text: content,
  size: 6,
  anchor: "start",
  ink: "text",
});
const inkOf = (content: string): number => {
  const { pixels } = scenePicture(
    { width: 200, height: 20, shapes: [{ ...text(content), at: [2, 14] } as Shape] },
    1,
  );
  return pixels.reduce((sum, level) => sum + 255 - level, 0);
};

test("scenePicture() covers a pixel by its distance from the pen", () => {
  // A line of width 2 from pixel 1 to 6 along the border of rows 2 and 3; half of what is around it is rim.
  const at = draw([
    {
      kind: "line",
      points: [
        [1.5, 3],
        [6.5, 3],
      ],
      width: 2,
      ink: "axis",
    },
  ]);
  for (const x of [2, 4, 5]) {
    expect([at(1, x), at(2, x), at(3, x), at(4, x)]).toEqual([white, axis, axis, white]);
  }
  expect(at(2, 7)).not.toEqual(axis);
  expect(at(0, 0)).toEqual(white);
});

test("scenePicture() draws a dot as a disc and a ring with a hole, at any scale", () => {
  const dot = draw([{ kind: "dot", at: [4, 3], radius: 2, ink: "axis" }], 2);
  expect([dot(6, 8), dot(6, 5), dot(6, 10), dot(1, 8)]).toEqual([axis, axis, axis, white]);
  const ring = draw([{ kind: "dot", at: [4, 3], radius: 2, ink: "axis", isRing: true }], 2);
  expect([ring(6, 8), ring(6, 4), ring(6, 11)]).toEqual([white, axis, axis]);
});

test("scenePicture() cuts off what is outside", () => {
  const points = [
    [-50, -50],
    [50, 50],
  ] as const;
  expect(() => draw([{ kind: "line", points, width: 1, ink: "axis" }])).not.toThrow();
});

test("scenePicture() has strokes for every letter of a title, and a box for those that it does not know", () => {
  for (let code = 33; code < 127; code++) expect(inkOf(String.fromCharCode(code))).toBeGreaterThan(100);
  expect(inkOf("  \n")).toBe(0);
  expect(inkOf("é")).toBe(inkOf("e"));
  expect(inkOf("細")).toBe(inkOf("胞"));
  expect(inkOf("細")).toBeGreaterThan(100);
});

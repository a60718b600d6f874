import { expect, test } from "vitest";
import { LabelMap } from "../src/mask/labelmap";
import { labelOutlines } from "../src/mask/labeloutline";

// biome-ignore format: a picture of the mask
const map = new LabelMap(Uint16Array.of(
  1, 1, 1, 0, 2,
  1, 0, 1, 0, 0,
  1, 1, 1, 2, 2,
), 5, 3);
const whole = { left: 0, top: 0, right: 5, bottom: 3 };

/** Area of a path by the shoelace formula, holes counting negative. */
function areaOf(path: string): number {
  return path
    .split("Z")
    .filter(Boolean)
    .map((line) =>
      line
        .slice(1)
        .split("L")
        .map((place) => place.split(" ").map(Number)),
    )
    .map((corners) => {
      const terms = corners.map(([x, y], i) => {
        const [nextX, nextY] = corners[(i + 1) % corners.length];
        return x * nextY - nextX * y;
      });
      return terms.reduce((sum, term) => sum + term, 0) / 2;
    })
    .reduce((sum, area) => sum + area, 0);
}

test("labelOutlines() outlines pieces and holes along pixel edges", () => {
  const outlines = labelOutlines(map, whole);
  expect([...outlines.keys()]).toEqual([1, 2]);
  expect(outlines.get(1)).toBe("M0 0L3 0L3 3L0 3ZM2 1L1 1L1 2L2 2Z");
  expect(outlines.get(2)).toBe("M4 0L5 0L5 1L4 1ZM3 2L5 2L5 3L3 3Z");
});

test("labelOutlines() encloses as many pixels as a label has, corners touching or not", () => {
  const pixels = Uint16Array.from({ length: 900 }, (_, i) => (Math.imul(i + 7, 2654435761) >>> 29) % 3);
  const noise = new LabelMap(pixels, 30, 30);
  const outlines = labelOutlines(noise, { left: 0, top: 0, right: 30, bottom: 30 });
  for (const index of [1, 2])
    expect(areaOf(outlines.get(index) ?? "")).toBe(pixels.filter((label) => label === index).length);
});

test("labelOutlines() cuts labels at the box", () => {
  const outlines = labelOutlines(map, { left: 2, top: 1, right: 4, bottom: 3 });
  expect(outlines.get(1)).toBe("M2 1L3 1L3 3L2 3Z");
  expect(outlines.get(2)).toBe("M3 2L4 2L4 3L3 3Z");
});

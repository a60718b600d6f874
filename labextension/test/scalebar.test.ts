import { expect, test } from "vitest";
import { barLength, scaleBar } from "../src/mask/scalebar";

// At most 140 pixels: of 0.65 that is 91, of 1 140, of 0.1 14, of 1/28 5, of 0.003 0.42.
test.each([
  [0.65, 50],
  [1, 100],
  [0.1, 10],
  [1 / 28, 5],
  [0.003, 0.2],
])("barLength() with pixels of %f is %f", (pixel, length) => {
  expect(barLength(pixel)).toBeCloseTo(length, 12);
});

const shown = (spacing: number, unit: string, scale = 1) =>
  scaleBar({ left: 0, top: 0, scale }, { spacing: [9, spacing], unit }, { width: 500, height: 400 });

test("scaleBar() is as long on the canvas as it says", () => {
  const [, text, bar] = shown(0.65, "µm", 2);
  expect(text).toMatchObject({ text: "20 µm" });
  // 20 µm / 0.65 µm a mask pixel * 2 CSS pixels a mask pixel.
  expect(bar).toMatchObject({ width: 20 / 0.65 / 0.5, height: 4 });
});

test("scaleBar() changes to nanometres and millimetres", () => {
  const text = (spacing: number) => shown(spacing, "µm")[1];
  expect(text(0.003)).toMatchObject({ text: "200 nm" });
  expect(text(30)).toMatchObject({ text: "2 mm" });
  expect(shown(30, "nm")[1]).toMatchObject({ text: "2000 nm" });
});

test("scaleBar() shows nothing where a pixel's size is not known", () => {
  expect(scaleBar({ left: 0, top: 0, scale: 1 }, {}, { width: 500, height: 400 })).toEqual([]);
  expect(shown(1, "px")).toEqual([]);
});

test("scaleBar() shortens a unit that no canvas has room for, and its box holds the text", () => {
  const [box, text] = shown(1, "u".repeat(200)) as { width: number; text: string }[];
  expect(text?.text).toHaveLength(36);
  expect(box?.width).toBeGreaterThan(36 * 6.7);
});

import { expect, test } from "vitest";
import { LabelMap } from "../src/mask/labelmap";
import { describeSelection, formatArea, formatPosition } from "../src/mask/maskreadout";

test("formatArea() uses the mask's unit where it has one", () => {
  expect(formatArea(200, { spacing: [0.5, 0.5], unit: "µm" })).toBe("50 µm²");
  expect(formatArea(210, { spacing: [0.325, 0.325], unit: "µm" })).toBe("22.18 µm²");
  expect(formatArea(210, { spacing: [2, 2] })).toBe("210 px");
  expect(formatArea(210, {})).toBe("210 px");
});

test("formatPosition() is in whole pixels, and in the mask's unit where it has one", () => {
  expect(formatPosition({ x: 12.9, y: 0.2 }, {})).toBe("x 12, y 0");
  expect(formatPosition({ x: 12.9, y: 0.2 }, { spacing: [3, 0.5], unit: "µm" })).toBe(
    "x 12, y 0 · 6.45, 0.6 µm",
  );
});

test("describeSelection() tells one label in full and several in sum", () => {
  const map = new LabelMap(Uint16Array.from([0, 5, 5, 9]), 4, 1);
  expect(describeSelection(map, [], {})).toBe("");
  expect(describeSelection(map, [1], {})).toBe("Label 5 · area 2 px · centroid x 1.5, y 0.0 px");
  expect(describeSelection(map, [1], { spacing: [2, 0.5], unit: "µm" })).toBe(
    "Label 5 · area 2 µm² · centroid x 1.5, y 0.0 px · 0.75, 0 µm",
  );
  expect(describeSelection(map, [1, 2], {})).toBe("2 labels selected · area 3 px");
});

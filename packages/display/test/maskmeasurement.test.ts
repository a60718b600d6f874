import { regionpropsTable } from "@bioengine/measure";
import { MASK_MIME, parseMaskPayload } from "@bioengine/mime";
import { ndarray, Table, zeros } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { type MaskOptions, maskBundle } from "../src/index";
import { decodeImage } from "./decode";

const grid = [
  [1, 1, 0, 0, 0],
  [1, 1, 0, 2, 0],
  [0, 0, 2, 2, 2],
  [0, 0, 0, 2, 0],
  [0, 0, 0, 0, 0],
];
const mask = ndarray(Int32Array.from(grid.flat()), [5, 5]);
const image = ndarray(
  Uint16Array.from({ length: 25 }, (_, i) => i * 10),
  [5, 5],
);
const violet = [68, 1, 84];
const yellow = [253, 231, 37];
const grey = [128, 128, 128];

function shown(options: MaskOptions, labels = mask) {
  const { data } = maskBundle(labels, options);
  const { measurement } = parseMaskPayload(JSON.parse(JSON.stringify(data[MASK_MIME])));
  return { measurement, text: String(data["text/plain"]), picture: decodeImage(data["image/png"]) };
}

test("maskBundle() colours objects by a property, over a colour bar", async () => {
  const { measurement, text, picture } = shown({ colorBy: "area", alpha: 1 });
  // By counting the pixels above.
  expect(measurement).toEqual({ name: "area", unit: "px", labels: [1, 2], values: [4, 5] });
  expect(text).toContain("\nColoured by area (px): min 4, median 4.5, max 5");
  const { width, height, at } = await picture;
  // The mask's pixels are 102 wide; the bar lies below them, 8 pixels from either side.
  expect([width, height]).toEqual([510, 510 + 56]);
  expect(at(51, 51)).toEqual(violet);
  expect(at(204 + 51, 306 + 51)).toEqual(yellow);
  expect(at(51, 400)).toEqual([0, 0, 0]);
  expect(at(510 + 28, 8)).toEqual(violet);
  expect(at(510 + 28, 501)).toEqual(yellow);
  expect(at(510 + 28, 7)).toEqual([255, 255, 255]);
});

test("maskBundle() tints by half of a measurement's colour, and outlines in the full one", async () => {
  const { picture } = shown({ colorBy: "area", alpha: 0.5, image: zeros([5, 5], "uint16") });
  const { at } = await picture;
  expect(at(204 + 51, 306 + 51)).toEqual([127, 116, 19]);
  expect(at(204, 204 + 51)).toEqual(yellow);
});

test("maskBundle() measures intensities of the image, and in its pixel size", () => {
  // Label 1 lies on 0, 10, 50 and 60; label 2 on 80, 120, 130, 140 and 180.
  expect(shown({ colorBy: "intensity_mean", image: image }).measurement).toEqual({
    name: "intensity_mean",
    labels: [1, 2],
    values: [30, 130],
  });
  expect(shown({ colorBy: "area", spacing: [0.5, 0.5] }).measurement).toMatchObject({
    unit: "µm²",
    values: [1, 1.25],
  });
  const sized = ndarray(Int32Array.from(grid.flat()), [5, 5], { spacing: [2, 3] });
  expect(shown({ colorBy: "area" }, sized).measurement).toMatchObject({ unit: "µm²", values: [24, 30] });
});

test("maskBundle() colours by one column of a property with several", () => {
  // Rows of label 2: 1, 2, 2, 2, 3.
  expect(shown({ colorBy: "centroid-0" }).measurement).toMatchObject({ values: [0.5, 2] });
  expect(() => shown({ colorBy: "centroid" })).toThrow(
    'colorBy must be one of centroid-0, centroid-1, got centroid: write { colorBy: "centroid-0" }',
  );
});

test("maskBundle() measures a stack as a whole", () => {
  const stack = ndarray(Int32Array.from([...grid.flat(), ...grid.flat()]), [2, 5, 5]);
  expect(shown({ colorBy: "area" }, stack).measurement).toMatchObject({ values: [8, 10], unit: "px" });
});

test("maskBundle() colours a film by one number for each label, and says how it is had", () => {
  const film = ndarray(Int32Array.from([...grid.flat(), ...grid.flat()]), [2, 5, 5], { axes: "TYX" });
  expect(() => shown({ colorBy: "area" }, film)).toThrow(
    'Cannot colour mask: colorBy must be one number for a label, got area of each frame; write { colorBy: regionpropsTable(mask, { properties: ["label", "area"] }).groupBy("label").aggregate({ "area": "mean" }) }',
  );
  const means = regionpropsTable(film, { properties: ["label", "area"] })
    .groupBy("label")
    .aggregate({ area: "mean" });
  expect(shown({ colorBy: means }, film).measurement).toMatchObject({ values: [4, 5] });
});

test("maskBundle() colours by a table's column, with its unit, and grey where it has no number", async () => {
  const table = new Table(
    { label: [2, 1, 7], speed: [Number.NaN, 1.23456789, 5], name: ["a", "b", "c"] },
    { units: { speed: "µm/h" } },
  );
  const { measurement, text, picture } = shown({ colorBy: table.select(["label", "speed"]), alpha: 1 });
  expect(measurement).toEqual({ name: "speed", unit: "µm/h", labels: [1], values: [1.234568] });
  expect(text).toContain("Coloured by speed (µm/h): min 1.235, median 1.235, max 1.235");
  expect(text).toContain("1 object without a value (grey)");
  expect((await picture).at(204 + 51, 306 + 51)).toEqual(grey);
});

test("maskBundle() sends the numbers of the largest objects when they are too many", () => {
  const side = 300;
  // Squares of one pixel, and the first of two.
  const labels = Int32Array.from({ length: side * side }, (_, i) => Math.max(i, 1));
  const { measurement, text } = shown({ colorBy: "area" }, ndarray(labels, [side, side]));
  expect(measurement?.labels.length).toBe(40_000);
  expect(measurement?.values[0]).toBe(2);
  expect(text).toContain("in the viewer that of the 40000 largest objects");
});

const measured = new Table({ label: [1, 2], area: [4, 5], kind: ["round", "long"] });

test.each([
  [{ colorBy: "aera" }, "did you mean area?"],
  [{ colorBy: "speed" }, 'write { colorBy: table.select(["label", "speed"]) } for a table\'s column'],
  [{ colorBy: "intensity_mean" }, "use { image: image }"],
  [{ colorBy: "label" }, "got label: leave colorBy out"],
  [{ colorBy: 3 }, 'such as table.select(["label", "area"]), got'],
  [{ colorBy: measured.column("area") }, "must be a measurement such as"],
  [{ colorBy: measured }, 'got label, area, kind: write { colorBy: table.select(["label", "area"]) }'],
  [{ colorBy: measured.select(["label"]) }, "must have label and one other column, got label"],
  [{ colorBy: measured.select(["area"]) }, "the name must be one of area, got label"],
  [{ colorBy: measured.select(["label", "kind"]) }, 'kind must be numbers, got "round"'],
  [{ colorBy: new Table({ label: [1, 1], area: [4, 5] }) }, "each label once, got 1 twice"],
  [{ colorBy: new Table({ label: [8], area: [4] }) }, "labels of the mask, got 1 row of other labels"],
  [{ colorBy: "area", compare: mask }, "got both compare and colorBy: leave one out"],
  [{ colourBy: "area" }, "got colourBy; write { colorBy: … }"],
])("maskBundle() refuses what it cannot colour by: %#", (options, message) => {
  expect(() => maskBundle(mask, options as never)).toThrow(message);
});

test("maskBundle() shows no labels at all, by a measurement", () => {
  const { measurement, text } = shown({ colorBy: "area" }, zeros([3, 3], "int32"));
  expect(measurement).toEqual({ name: "area", unit: "px", labels: [], values: [] });
  expect(text).toContain("Coloured by area (px): no values");
});

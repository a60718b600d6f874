import { regionprops } from "@bioengine/measure";
import { parseTablePayload } from "@bioengine/mime";
import { ndarray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { LabelMap } from "../src/mask/labelmap";
import { ownMeasurements, tableMeasurements } from "../src/mask/measurement";

/** Tilted ellipses, a line, a single pixel, and a label in two pieces. */
function shapes(): Uint16Array {
  const pixels = new Uint16Array(60 * 50);
  for (let i = 0; i < pixels.length; i++) {
    const [x, y] = [i % 60, Math.floor(i / 60)];
    if ((x - 15 + 0.6 * (y - 15)) ** 2 / 50 + (y - 15) ** 2 / 90 < 1) pixels[i] = 3;
    if ((x - 42 - 0.9 * (y - 20)) ** 2 / 30 + (y - 20) ** 2 / 40 < 1) pixels[i] = 900;
    if (y === 45 && x > 20) pixels[i] = 12;
    if (x === 2 && y === 2) pixels[i] = 7;
    if (x > 50 && (y === 3 || y === 40)) pixels[i] = 5;
  }
  return pixels;
}

test.each([
  [undefined, "px"],
  [[0.65, 0.325] as [number, number], "µm"],
])("ownMeasurements() are those of regionprops(), with pixels of %j", (spacing, unit) => {
  const pixels = shapes();
  const regions = regionprops(ndarray(Int32Array.from(pixels), [50, 60]), { spacing: spacing ?? [1, 1] });
  const map = new LabelMap(pixels, 60, 50);
  const own = ownMeasurements(map, spacing ? { spacing, unit } : {});
  expect(own.map(({ title }) => title)).toEqual([
    `area (${unit === "px" ? "px" : "µm²"})`,
    `equivalent_diameter_area (${unit})`,
    `axis_major_length (${unit})`,
    `axis_minor_length (${unit})`,
    "eccentricity",
  ]);
  regions.forEach((region, position) => {
    expect(map.labels[position + 1]).toBe(region.label);
    const expected = [
      region.area,
      region.equivalent_diameter_area,
      region.axis_major_length,
      region.axis_minor_length,
      region.eccentricity,
    ];
    own.forEach(({ values }, which) => {
      expect(values[position + 1]).toBeCloseTo(expected[which], 9);
    });
  });
});

test("ownMeasurements() are written with their units", () => {
  const map = new LabelMap(Uint16Array.of(1, 1, 0, 2), 2, 2);
  expect(ownMeasurements(map, {})[0].text(1)).toBe("2 px");
  expect(ownMeasurements(map, { spacing: [0.5, 0.5], unit: "µm" })[0].text(1)).toBe("0.5000 µm²");
});

test("tableMeasurements() are the numeric columns, by label", () => {
  const map = new LabelMap(Uint16Array.of(4, 9, 0, 11), 2, 2);
  const column = (name: string, values: unknown[]) => ({ name, dtype: "float64", values });
  const table = parseTablePayload({
    version: 1,
    rowCount: 3,
    digest: "",
    columns: [
      column("label", [9, 5, 4]),
      column("class", ["a", "b", "c"]),
      { ...column("mean", [1.5, 2, null]), unit: "counts" },
    ],
  });
  const [mean, ...others] = tableMeasurements(map, table);
  expect(others).toEqual([]);
  expect(mean.title).toBe("mean (counts)");
  expect([...mean.values.subarray(1)]).toEqual([Number.NaN, 1.5, Number.NaN]);
  expect([mean.text(1), mean.text(2)]).toEqual(["none", "1.5000 counts"]);
});

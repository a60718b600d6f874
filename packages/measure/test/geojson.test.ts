import { inspect } from "node:util";
import { type NdArray, ndarray, Table } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { fromGeoJson, labelPolygons, toGeoJson } from "../src/index";
import gdal from "./fixtures/polygons.json";

const labelsOf = (values: readonly number[], shape: readonly number[]): NdArray =>
  ndarray(Int32Array.from(values), [...shape]);

/** A ring from its smallest corner on, in one direction, as a text of x and y. */
function ringText(ring: readonly (readonly number[])[]): string {
  const texts = ring.map((corner) => corner.join(" "));
  const start = texts.indexOf([...texts].sort()[0]);
  const forth = [...texts.slice(start), ...texts.slice(0, start)];
  const back = [forth[0], ...forth.slice(1).reverse()];
  return [forth.join(), back.join()].sort()[0];
}

const polygonText = (
  outline: readonly (readonly number[])[],
  holes: readonly (readonly (readonly number[])[])[],
) => `${ringText(outline)} without ${holes.map(ringText).sort().join(" and ")}`;

/** Positions [y, x] as [x, y]. */
const turned = (ring: readonly (readonly number[])[]) => ring.map(([y, x]) => [x, y]);

for (const { name, shape, labels, polygons } of gdal.outlined) {
  test(`labelPolygons() gives GDAL's outlines and holes: ${name}`, () => {
    const found = labelPolygons(labelsOf(labels, shape)).map(({ label, polygons: parts }) => [
      String(label),
      parts.map(({ outline, holes }) => polygonText(turned(outline), holes.map(turned))).sort(),
    ]);
    const expected = Object.entries<{ parts: { outline: number[][]; holes: number[][][] }[] }>(polygons).map(
      ([label, { parts }]) => [label, parts.map(({ outline, holes }) => polygonText(outline, holes)).sort()],
    );
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
  });

  test(`fromGeoJson() paints what toGeoJson() outlined: ${name}`, () => {
    const image = labelsOf(labels, shape);
    const back = fromGeoJson(JSON.parse(JSON.stringify(toGeoJson(image))), shape);
    expect(Array.from(back.data)).toEqual(labels);
    expect(back.role).toBe("labels");
  });
}

test("fromGeoJson() paints the pixels that GDAL paints", () => {
  const { json, shape, labels } = gdal.painted;
  expect(Array.from(fromGeoJson(json, shape).data)).toEqual(labels);
});

test("toGeoJson() goes around a label with a hole as RFC 7946 wants it", () => {
  const ring = labelsOf([5, 5, 5, 5, 0, 5, 5, 5, 5], [3, 3]);
  expect(toGeoJson(ring)).toEqual({
    type: "FeatureCollection",
    features: [
      {
        type: "Feature",
        id: 5,
        geometry: {
          type: "Polygon",
          coordinates: [
            [
              [0, 0],
              [3, 0],
              [3, 3],
              [0, 3],
              [0, 0],
            ],
            [
              [1, 2],
              [2, 2],
              [2, 1],
              [1, 1],
              [1, 2],
            ],
          ],
        },
        properties: { label: 5 },
      },
    ],
  });
});

test("toGeoJson() has a feature for each row of a table", () => {
  const labels = labelsOf([1, 0, 2, 0, 3, 3], [2, 3]);
  const table = new Table({ label: new Int32Array([3, 1]), area: [2, Number.NaN], kind: ["long", "round"] });
  expect(toGeoJson(labels, { table }).features.map(({ id, properties }) => [id, properties])).toEqual([
    [3, { label: 3, area: 2, kind: "long" }],
    [1, { label: 1, area: null, kind: "round" }],
  ]);
  expect(() => toGeoJson(labels, { table: new Table({ label: [4] }) })).toThrow(
    "Cannot make GeoJSON: the table must have rows of the mask's labels, each once, got label 4",
  );
  expect(() => toGeoJson(labels, { table: new Table({ lable: [1] }) })).toThrow("did you mean lable?");
  expect(() => toGeoJson(labels, { table: [{ label: 1 }] as never })).toThrow(
    new TypeError("Cannot outline labels: table must be a Table, got object; use new Table(rows)"),
  );
});

test("toGeoJson() prints as one line, and is JSON with nothing else in it", () => {
  // Label 1 is in two parts that touch at a corner.
  const json = toGeoJson(labelsOf([1, 0, 2, 0, 1, 3], [2, 3]));
  expect(inspect(json)).toBe(
    "GeoJSON FeatureCollection: 3 features, 2 Polygon, 1 MultiPolygon, properties label, JSON.stringify(…) writes them",
  );
  expect(inspect(toGeoJson(labelsOf([0], [1, 1])))).toBe(
    "GeoJSON FeatureCollection: 0 features, JSON.stringify(…) writes them",
  );
  expect(JSON.parse(JSON.stringify(json)).features.length).toBe(3);
  expect(Object.keys(json)).toEqual(["type", "features"]);
});

test("fromGeoJson() numbers features without labels, and names what is no polygon", () => {
  const square = {
    type: "Polygon",
    coordinates: [
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
        [0, 0],
      ],
    ],
  };
  const feature = { type: "Feature", properties: { name: "nucleus" }, geometry: square };
  expect(Array.from(fromGeoJson([feature, feature], [1, 2]).data)).toEqual([2, 0]);
  const point = { type: "Feature", geometry: { type: "Point", coordinates: [0, 0] } };
  expect(() => fromGeoJson([point], [1, 2])).toThrow('all features must be of Polygons, got "Point"');
  expect(() => fromGeoJson("{}", [1, 2])).toThrow("a FeatureCollection or a list of features is needed");
  for (const [shape, got] of [
    [[1, 2, 3], "[1, 2, 3]"],
    [512, "Number"],
  ]) {
    expect(() => fromGeoJson([], shape as number[])).toThrow(
      new RangeError(
        `Cannot read GeoJSON: the shape must be two lengths above 0, got ${got}; use fromGeoJson(json, [512, 512])`,
      ),
    );
  }
});

test("labelPolygons() wants a plane", () => {
  expect(() => labelPolygons(labelsOf([1, 2], [2, 1, 1]))).toThrow(
    "Cannot outline labels: the axes must be [y, x], got shape [2, 1, 1]; take a plane: mask.at(0)",
  );
});

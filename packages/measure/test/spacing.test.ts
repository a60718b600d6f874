import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type NdArray, type NdArrayOptions, ndarray } from "@bioengine/ndarray";
import { describe, expect, test } from "vitest";
import {
  findBoundaries,
  label,
  linkLabels,
  regionprops,
  regionpropsTable,
  relabelSequential,
} from "../src/index";

const { cases } = JSON.parse(readFileSync(join(__dirname, "fixtures/skimage.json"), "utf8"));
const { labels, shape, image, spacing, columns } = cases.find(
  ({ name }: { name: string }) => name === "3-D with spacing and intensities",
);
const volume = (values: number[], options?: NdArrayOptions) =>
  ndarray(values, shape, { dtype: "int32", ...options });
const areas = (mask: NdArray, options: object) =>
  Array.from(regionpropsTable(mask, { properties: ["area"], ...options }).column("area"));

describe("regionpropsTable() and regionprops() take the spacing that an array knows", () => {
  const plain = volume(labels);
  const inPixels = areas(plain, {});

  test("that of the labels, or else of the image", () => {
    const known = volume(labels, { axes: "ZYX", spacing });
    expect(columns.area).not.toEqual(inPixels);
    expect(areas(known, {})).toEqual(columns.area);
    expect(areas(plain, { image: volume(image, { spacing }) })).toEqual(columns.area);
    expect(areas(known, { image: volume(image, { spacing: [9, 9, 9] }) })).toEqual(columns.area);
    expect(regionprops(known).map(({ area }) => area)).toEqual(columns.area);
  });

  test("unless one is given", () => {
    expect(areas(volume(labels, { spacing }), { spacing: 1 })).toEqual(inPixels);
  });

  test("unless it isn't that of all of the labels' axes", () => {
    expect(areas(volume(labels, { axes: "IYX", spacing: [0.5, 0.5] }), {})).toEqual(inPixels);
  });
});

test("labels keep the axes and the spacing of what they are made from", () => {
  const known = volume(labels, { axes: "ZYX", spacing });
  for (const made of [label(known), relabelSequential(known), linkLabels(known), findBoundaries(known)]) {
    expect([made.axes, made.spacing]).toEqual(["ZYX", spacing]);
  }
  expect(regionpropsTable(label(known.greater(0))).column("area").length).toBeGreaterThan(0);
  expect(areas(label(known.greater(0)), {})).toEqual(areas(label(known.greater(0)), { spacing }));
});

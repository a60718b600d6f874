import { type NdArray, ndarray } from "@bioengine/ndarray";
import { describe, expect, test } from "vitest";
import { regionprops, regionpropsTable } from "../src/index";

const mask = ndarray(Int32Array.of(4, 4, 0, 0, 4, 9, 0, 9, 9), [3, 3]);
const image = ndarray(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), [3, 3]);
const channels = ndarray(
  Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((value) => [value, 10 * value])),
  [3, 3, 2],
);
const sum = (_: NdArray, values: NdArray) => Number(values.sum());
const ends = (region: NdArray, values: NdArray) => [Number(values.max()), region.size];

describe("extraProperties", () => {
  test("give columns behind the others, from the region's box and its intensities, 0 outside of it", () => {
    const table = regionpropsTable(mask, {
      image,
      properties: ["label"],
      extraProperties: { pixels: (region) => Number(region.sum()), sum, ends },
    });
    expect(table.rows()).toEqual([
      { label: 4, pixels: 3, sum: 8, "ends-0": 5, "ends-1": 4 },
      { label: 9, pixels: 3, sum: 23, "ends-0": 9, "ends-1": 4 },
    ]);
  });

  test("are measured on each channel, the last index", () => {
    const table = regionpropsTable(mask, {
      image: channels,
      properties: ["label"],
      separator: "_",
      extraProperties: { sum, ends },
    });
    expect(table.row(0)).toEqual({
      ...{ label: 4, sum_0: 8, sum_1: 80 },
      ...{ ends_0_0: 5, ends_0_1: 50, ends_1_0: 4, ends_1_1: 4 },
    });
  });

  test("are properties of regionprops()", () => {
    const [region] = regionprops(mask, { image: channels, extraProperties: { sum, ends } });
    expect([region.sum, region.ends, region.area]).toEqual([
      [8, 80],
      [
        [5, 50],
        [4, 4],
      ],
      3,
    ]);
  });

  test.each([
    [{ sum }, {}, "an intensity image is needed; use { image: image }"],
    [[sum], { image }, "got an array; use { extraProperties: { sum } }"],
    [sum, { image }, "got a function; use { extraProperties: { sum } }"],
    [{ sum: 3 }, { image }, "an extra property must be a function, got a number"],
    [{ area: sum }, { image }, "must have a name of its own"],
    [{ name: () => "round" }, { image }, "must return a number or an array of numbers, got string"],
    [{ row: (region: NdArray) => new Array(Number(region.get(0, 0)) + 1).fill(0) }, {}, "got [2] and [1]"],
    [
      {
        above: (_: NdArray, values: NdArray) => Array.from(values.data, Number).filter((value) => value > 4),
      },
      { image: channels },
      "as many numbers for every channel, got [1] and [3]",
    ],
  ])("%o is named, with the correction", (extraProperties, options, message) => {
    expect(() =>
      regionpropsTable(mask, {
        ...options,
        properties: ["label"],
        extraProperties: extraProperties as never,
      }),
    ).toThrow(message);
  });
});

test("separator stands between a property's name and its indices", () => {
  const table = regionpropsTable(mask, { properties: ["centroid", "area"], separator: "." });
  expect(table.columnNames).toEqual(["centroid.0", "centroid.1", "area"]);
});

test("regionprops() gives image_intensity with an image alone, and its error says so", () => {
  expect(regionprops(mask, { image })[1].image_intensity.toArray()).toEqual([
    [0, 6],
    [8, 9],
  ]);
  expect(() => regionprops(mask)[0].image_intensity).toThrow("use { image: image }");
  expect(() => regionpropsTable(mask, { properties: ["image"] })).toThrow("(region) => region.image");
});

test("an extra property's result of another kind is named, with what makes it numbers", () => {
  const mask = ndarray(Int32Array.of(0, 1, 1, 0), [2, 2]);
  const measured = (value: unknown) => () =>
    regionpropsTable(mask, { properties: ["label"], extraProperties: { own: () => value as number } });
  expect(measured(true)).toThrow("got boolean; use Number(…)");
  expect(measured(mask)).toThrow("got an NdArray; use array.toArray()");
});

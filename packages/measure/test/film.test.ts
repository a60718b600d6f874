import { stack } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { nearestPoints, regionprops, regionpropsTable, trackLabels } from "../src/index";
import { drawn } from "./grid";

const frames = [drawn("11...", "11.22", "....."), drawn(".11..", ".111.", "....4")];
const film = stack(frames).withMetadata({ axes: "TYX", spacing: 0.5, role: "labels" });
const properties = ["label", "area", "centroid"];

test("regionpropsTable() measures each frame of a film by itself", () => {
  const table = regionpropsTable(film, { properties }).select(["frame", "label", "area", "centroid-1"]);
  expect(table.rows()).toEqual([
    { frame: 0, label: 1, area: 1, "centroid-1": 0.25 },
    { frame: 0, label: 2, area: 0.5, "centroid-1": 1.75 },
    { frame: 1, label: 1, area: 1.25, "centroid-1": 0.9 },
    { frame: 1, label: 4, area: 0.25, "centroid-1": 2 },
  ]);
  expect(["frame", "label", "area", "centroid-1"].map((name) => table.unit(name))).toEqual([
    ...[undefined, undefined],
    ...["µm²", "µm"],
  ]);
});

test("regionpropsTable() takes each frame's image of a film, with channels too", () => {
  const image = film.multiply(10);
  const mean = { image, properties: ["label", "intensity_mean"] };
  expect(Array.from(regionpropsTable(film, mean).column("intensity_mean"))).toEqual([10, 20, 10, 40]);
  const channels = stack([image, image.multiply(2)], -1);
  const table = regionpropsTable(film, { ...mean, image: channels });
  expect(Array.from(table.column("intensity_mean-1"))).toEqual([20, 40, 20, 80]);
  expect(() => regionpropsTable(film, { ...mean, image: image.at(0) })).toThrow(
    "the image must have the labels' shape [2, 3, 5], or one more axis for channels, got [3, 5]",
  );
  expect(() => regionpropsTable(film, { ...mean, image: channels.transpose([0, 3, 1, 2]) })).toThrow(
    "with the channels last: image.transpose([0, 2, 3, 1])",
  );
  expect(() => regionpropsTable(film, { ...mean, image: JSON.parse("3") })).toThrow(
    "the image must be an NdArray, got number",
  );
});

test("regionpropsTable() measures the volumes of a film", () => {
  const volumes = stack([film, film]).withMetadata({
    axes: "TZYX",
    spacing: [2, 1, 1],
  });
  expect(regionpropsTable(volumes, { properties }).columnNames).toEqual([
    ...["frame", "label", "area", "centroid-0", "centroid-1", "centroid-2"],
  ]);
  expect(Array.from(regionpropsTable(volumes, { properties }).column("area"))).toEqual([
    ...[18, 4, 2, 18, 4, 2],
  ]);
});

test("regionpropsTable() measures what no axis is named of as a volume", () => {
  expect(regionpropsTable(stack(frames), { properties }).rowCount).toBe(3);
});

test("nearestPoints() takes the objects of one frame", () => {
  const table = regionpropsTable(film, { properties });
  expect(() => nearestPoints(table)).toThrow(
    "the points must be of one time, got 2 frames; use table.filter((row) => row.frame === 0)",
  );
  expect(nearestPoints(table.filter((row) => row.frame === 0)).distances.get(0, 0)).toBeCloseTo(1.5207, 4);
});

test("regionprops() refuses a film and says what measures it", () => {
  expect(() => regionprops(film)).toThrow(
    "Cannot measure regions: the labels must be of one time, got axes TYX; use mask.at(0), or regionpropsTable(mask) for all frames",
  );
});

test("trackLabels() says that its labels are a film, with the axes and the spacing that it was given", () => {
  expect(trackLabels(stack(frames)).labels.axes).toBe("TYX");
  expect(trackLabels(stack([stack(frames), stack(frames)])).labels.axes).toBe("TZYX");
  const { labels } = trackLabels(film);
  expect([labels.axes, labels.spacing]).toEqual(["TYX", [0.5, 0.5]]);
  const named = stack(frames.map((frame) => frame.withMetadata({ spacing: 0.5 })));
  expect(trackLabels(named).labels.spacing).toEqual([0.5, 0.5]);
  expect(regionpropsTable(trackLabels(named).labels, { properties: ["area"] }).columnNames).toEqual([
    ...["frame", "area"],
  ]);
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { tracebackOf } from "./client";
import { type RunningKernel, startKernel } from "./kernelprocess";

// A value of the wrong kind in an argument's place, or none: the error has the call that was meant.

let kernel: RunningKernel;
beforeAll(async () => {
  kernel = await startKernel();
  await kernel.client.execute(`import { boxplot, erosion, execute, gaussian, histogram, imread, imshow, imwrite, keepLabels, label, matching, median, NdArray, pearson, plot, readRois, regionpropsTable, scatter, segment, stack, Table, train, type TrainingSample, tTest, zeros } from "bioengine";
const image = zeros([20, 30]);
const mask = label(image.greater(0));
const table = regionpropsTable(mask, { properties: ["label", "area", "centroid"] });
const areas = table.column("area");
const rows = table.column("centroid-0");
const pairs: TrainingSample[] = [[image, mask]];
let read: NdArray;
let segmentation: Awaited<ReturnType<typeof segment>>;
let results: Awaited<ReturnType<typeof execute>>;
class Cell { constructor(readonly size: number) {} }`);
}, 60_000);
afterAll(() => kernel.stop());

const traceback = async (code: string): Promise<string> => tracebackOf(await kernel.client.execute(code));
const adviceOf = (text: string): string[] =>
  text
    .split("\n")
    .filter((line) => /^ {2}(Write|It (takes|needs|is no option)|The mask)/.test(line))
    .map((line) => line.trim());

test.each([
  // What has the array that was meant
  ["imshow(segmentation)", "Write imshow(segmentation.mask)"],
  ["imshow(results)", "Write imshow(results.mask)"],
  ["gaussian(results, { sigma: 1 })", "Write gaussian(results.mask, { sigma: 1 })"],
  ['await imwrite("a.tif", segmentation)', 'Write imwrite("a.tif", segmentation.mask)'],
  ["imshow(await segment(image))", "Write imshow((await segment(image)).mask)"],
  ["regionpropsTable(mask, { image: segmentation })", "Write segmentation.image"],
  // A table in the place of its columns
  ['histogram(table, "area")', 'It takes columns: histogram(table.column("area"))'],
  ["histogram(table)", 'It takes a column: histogram(table.column("area"))'],
  [
    'scatter(table, "area", "label")',
    'It takes columns: scatter(table.column("area"), table.column("label"))',
  ],
  ['plot(table, "label", "area")', 'It takes columns: plot(table.column("label"), table.column("area"))'],
  [
    'scatter(table, { x: "area", y: "label" })',
    'It takes columns: scatter(table.column("area"), table.column("label"))',
  ],
  [
    'boxplot(table, { x: "condition", y: "area" })',
    'It takes columns: boxplot(table.column("area"), { groups: table.column("condition") })',
  ],
  [
    'boxplot(table.head(3), { title: "cells" })',
    'It takes a column: boxplot(table.head(3).column("area"), { title: "cells" })',
  ],
  [
    'boxplot(table, "condition", "area")',
    'It takes columns: boxplot(table.column("area"), { groups: table.column("condition") })',
  ],
  [
    'histogram(table, "area", { bins: 20 })',
    'It takes columns: histogram(table.column("area"), { bins: 20 })',
  ],
  [
    'pearson(table, "area", "label")',
    'It takes columns: pearson(table.column("area"), table.column("label"))',
  ],
  ['tTest(table, "area")', 'It takes a column: table.column("area")'],
  [
    "keepLabels(mask, table.filter((row) => row.area > 30))",
    'It takes a column: keepLabels(mask, table.filter((row) => row.area > 30).column("label"))',
  ],
  // Several in the place of a list of them
  ["Table.concat(table, table)", "It takes a list: Table.concat([table, table])"],
  ["zeros(3, 4)", "It takes a list: zeros([3, 4])"],
  // The order and the axis
  ['table.sort("area", "desc")', 'Write table.sort("area", { descending: true })'],
  ['table.sort("area", "ascending")', 'Write table.sort("area")'],
  ["stack([image, image], { axis: -1 })", "It is no option: stack([image, image], -1)"],
  // A size in the place of a footprint
  ["median(image, 3)", 'Write import { disk } from "bioengine"; median(image, disk(3))'],
  [
    "median(image, { size: 3 })",
    'Write import { footprintRectangle } from "bioengine"; median(image, footprintRectangle([3, 3]))',
  ],
  ["erosion(mask, { radius: 2 })", 'Write import { disk } from "bioengine"; erosion(mask, disk(2))'],
  // Methods of lists that typed arrays don't share
  ["read.data.reduce((a, b) => a + b)", "Write Array.from(read.data, Number).reduce((a, b) => a + b)"],
  [
    "read.data.filter((value) => value > 3).reduce((a, b) => a + b, 0)",
    "Write Array.from(read.data, Number).filter((value) => value > 3).reduce((a, b) => a + b, 0)",
  ],
  ["read.data.map((value) => value * 2)", "Write Array.from(read.data, Number).map((value) => value * 2)"],
  // A condition in brackets
  ["image[mask.equal(0)].mean()", 'Write import { extract } from "bioengine"; extract(mask.equal(0), image)'],
  [
    "image[mask.equal(0)] = 5",
    'Write import { where } from "bioengine"; const changed = where(mask.equal(0), 5, image)',
  ],
  // What is done with a table's columns
  [
    'table.withColumn("ratio", areas / rows)',
    'Write table.withColumn("ratio", (row) => row.area / row["centroid-0"])',
  ],
  ['const half = table.column("area") * 2', 'Write table.withColumn("ratio", (row) => row.area * 2)'],
  ["const large = areas > 30", "Write table.filter((row) => row.area > 30)"],
  [
    "table.groupBy((row) => row.area > 30)",
    'Write table.withColumn("group", (row) => row.area > 30).groupBy("group")',
  ],
  // The mask comes first
  ["imshow(image, mask)", "The mask comes first: imshow(mask, { image: image })"],
  ["imshow(mask, image)", "Write imshow(mask, { image: image })"],
  ["imshow(label(image), image)", "Write imshow(label(image), { image: image })"],
  ["imshow(image, { mask })", "The mask comes first: imshow(mask, { image: image })"],
  ["imshow(image, { labels: mask })", "The mask comes first: imshow(mask, { image: image })"],
  // One pair in the place of a list
  ['await train("fe", pairs[0])', 'It takes a list: train("fe", [pairs[0]])'],
  ['await train("fe", pairs, { validation: pairs[0] })', "It takes a list: validation: [pairs[0]]"],
  [
    'await train("fe", pairs, { validation: [image, mask] })',
    "It takes a list of pairs: validation: [[image, mask]]",
  ],
  ['regionpropsTable(mask, { properties: "area" })', 'It takes a list: properties: ["area"]'],
  // A path in the place of an image
  ['await segment("cells.tif")', 'Write segment(await imread("cells.tif"))'],
  // Missing ones
  ['await readRois("cells.zip")', 'It needs image.shape: readRois("cells.zip", image.shape)'],
  ["const add = (a: number, b: number) => a + b; add(1)", "It needs b: add(1, b)"],
])("%s comes with the call that was meant, alone", async (code, advice) => {
  expect([...new Set(adviceOf(await traceback(code)))]).toEqual([advice]);
});

test.each([
  ["image.plot()", "Here it is a function: imshow(image)"],
  ["image.sqrt()", "Write image.power(0.5)"],
])("%s comes with what an array has", async (code, advice) => {
  expect(await traceback(code)).toContain(advice);
});

test("a class comes with its own members", async () => {
  expect(await traceback("Table.from({ a: [1] })")).toMatch(/It has: concat, fromCsv$/m);
});

test.each([
  ["matching(mask, mask).fp", "Did you mean falsePositives?"],
  ["matching(mask, mask).TP", "Did you mean truePositives?"],
])("%s comes with the key that it is short for", async (code, advice) => {
  expect(await traceback(code)).toContain(advice);
});

test.each([
  "console.log(new Cell())",
  'imshow({ mask: "a.tif" })',
  "gaussian(image, { sigma: { mask } })",
  "const wrong: string = 3",
  "label(new Cell(3))",
])("%s has no such advice", async (code) => {
  const text = await traceback(code);
  expect(text).toContain("(TS");
  expect(adviceOf(text)).toEqual([]);
});

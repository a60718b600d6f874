import { statSync } from "node:fs";
import { join, relative } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { folderOf, write } from "../modelrepositoryfolder";
import { build } from "../program";
import { discs, filesIn, serveTrainings, trainer } from "./trainer";

beforeAll(build, 240_000);

const namesIn = (folder: string): string[] =>
  [...filesIn(folder).keys()].map((path) => relative(folder, path));

const files = ["7/1/model.onnx", "7/config.pbtxt", "7/training.bin"];

test("a model's folder does not grow but by the lines of its history", async () => {
  const folder = folderOf({});
  const { url } = await serveTrainings(folder);
  const { step } = trainer(url, 7);
  const sizes = () => files.map((file) => statSync(join(folder, file)).size);
  await step(discs(9, 64));
  const before = sizes();
  for (let count = 1; count < 60; count++) await step(discs(9, 64));
  expect(namesIn(folder)).toEqual(files);
  for (const [index, size] of sizes().entries()) expect(size - before[index]).toBeLessThan(60 * 100);
});

test("what a killed server was writing is no model, and goes with the next training", async () => {
  const unfinished = ["7/training.bin.4000000.unfinished", "7/1/model.onnx.4000000.unfinished"];
  const folder = folderOf({ [unfinished[0]]: "half" });
  const { url } = await serveTrainings(folder);
  const { step } = trainer(url, 7);
  expect(await step(discs())).toMatchObject({ iterations: 1 });
  expect(namesIn(folder)).toEqual(files);
  write(folder, { [unfinished[0]]: "half", [unfinished[1]]: "half" });
  expect(await trainer(url, 7, { resume: true }).step(discs())).toMatchObject({ iterations: 2 });
  expect(namesIn(folder)).toEqual(files);
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ndarray, zeros } from "@bioengine/ndarray";
import { execute, getConfig, TritonClient } from "@bioengine/triton";
import { beforeAll, expect, test } from "vitest";
import { readRecord, writeRecord } from "../../src/training/trainingrecord";
import { ask } from "../client";
import { folderOf } from "../modelrepositoryfolder";
import { build } from "../program";
import { digestsIn, discs, filesIn, losses, nothing, type Sample, serveTrainings, trainer } from "./trainer";

beforeAll(build, 240_000);

const [image, labels] = discs();
const withoutObjects: Sample = [image, zeros(labels.shape, "uint16")];

test.each<[string, Sample | undefined, object]>([
  ["no sample", undefined, {}],
  ["arrays of no elements", nothing, { steps: 3 }],
  ["labels without objects", withoutObjects, { steps: 3 }],
  ["the sample before, sent again", discs(11), { steps: 3 }],
])("an end with %s does not train", async (_, sample, parameters) => {
  const folder = folderOf({});
  const { url } = await serveTrainings(folder);
  const { step, end } = trainer(url, 7);
  await step(discs());
  const info = await step(discs(11), { steps: 2 });
  const before = digestsIn(folder);
  const ended = await end(sample, parameters);
  expect(ended.info).toEqual(info);
  expect(digestsIn(folder)).toEqual(before);
  expect(readFileSync(join(folder, "7/1/model.onnx")).equals(ended.model)).toBe(true);
});

test("an end with a new sample trains on it once", async () => {
  const { url } = await serveTrainings(folderOf({}));
  const [plain, ending] = [1, 2].map((id) => trainer(url, id));
  for (const { step } of [plain, ending]) await step(discs());
  const expected = await plain.step(discs(11), { steps: 2 });
  const { info } = await ending.end(discs(11), { steps: 2 });
  expect(info).toMatchObject({ iterations: 3, images: 2 });
  expect(losses(info)).toEqual(losses(expected));
  // It is another sample than the one before, though it came earlier.
  expect((await plain.end(discs())).info).toMatchObject({ iterations: 4, images: 2 });
});

test("an end that starts trains on its sample, each time", async () => {
  const { url } = await serveTrainings(folderOf({}));
  for (const iterations of [1, 2]) {
    const { info, model } = await trainer(url, 3, { resume: true }).end(discs());
    expect(info.iterations).toBe(iterations);
    expect(model.length).toBeGreaterThan(1e6);
  }
});

test("an end that starts, with no sample, gives a model that exists as it is", async () => {
  const folder = folderOf({});
  const { url } = await serveTrainings(folder);
  const given = await trainer(url, 3).end(discs());
  const before = digestsIn(folder);
  await expect(trainer(url, 3).end(nothing)).rejects.toMatchObject({ status: 409 });
  const { info, model } = await trainer(url, 3, { resume: true }).end(nothing);
  expect(info).toEqual(given.info);
  expect(Buffer.from(model).equals(given.model)).toBe(true);
  expect(digestsIn(folder)).toEqual(before);
});

test("a training that is told how good it was ends as it was at its best, and goes on from there", async () => {
  const folder = folderOf({});
  const { url } = await serveTrainings(folder);
  const { step, end } = trainer(url, 7, { learning_rate: 0.01 });
  await step(discs());
  const best = await step(discs(11), { steps: 2 });
  const model = readFileSync(join(folder, "7/1/model.onnx"));
  const [config, record] = ["config.pbtxt", "training.bin"].map((name) =>
    readFileSync(join(folder, "7", name)),
  );
  await step(discs(), { score: 0.75 });
  // Of equally good ones it is the first.
  await step(discs(), { score: 0.75 });
  await step(discs(), { score: 0.5 });
  expect(readFileSync(join(folder, "7/1/model.onnx")).equals(model)).toBe(false);
  const ended = await end(nothing, { score: 0.6 });
  expect(ended.info).toEqual(best);
  expect(model.equals(ended.model)).toBe(true);
  expect(readFileSync(join(folder, "7/1/model.onnx")).equals(model)).toBe(true);
  expect(readFileSync(join(folder, "7/config.pbtxt")).equals(config!)).toBe(true);
  expect(readFileSync(join(folder, "7/training.bin")).equals(record!)).toBe(true);
  expect([...filesIn(folder).keys()].filter((path) => path.includes("best"))).toEqual([]);
  const further = trainer(url, 7, { resume: true });
  expect(await further.step(discs())).toMatchObject({ iterations: best.iterations + 1 });
});

test("a training that begins anew doesn't know how good an earlier one was", async () => {
  const { url } = await serveTrainings(folderOf({}));
  const earlier = trainer(url, 8);
  await earlier.step(discs());
  await earlier.step(discs(), { score: 1 });
  const later = trainer(url, 8, { resume: true });
  await later.step(discs());
  expect((await later.end()).info.iterations).toBe(3);
});

test("a training that is worse than the model that it went on with ends as it began", async () => {
  const { url } = await serveTrainings(folderOf({}));
  const first = await trainer(url, 9).end(discs());
  const { step, end } = trainer(url, 9, { resume: true });
  await step(discs(), { score: 0.5, steps: 2 });
  const { info, model } = await end(nothing, { score: 0.4, resume: true });
  expect(info).toEqual(first.info);
  expect(Buffer.from(model).equals(first.model)).toBe(true);
});

test("an end before any sample is refused", async () => {
  const folder = folderOf({});
  const { url } = await serveTrainings(folder);
  for (const sample of [nothing, withoutObjects]) {
    await expect(trainer(url, 7).end(sample)).rejects.toMatchObject({
      status: 400,
      serverMessage: "Cannot end the training of 7: it must have learnt from a sample with objects, got none",
    });
  }
  expect(digestsIn(folder)).toEqual([]);
});

test.each([
  [
    "cellpose",
    image.slice(null, null, [0, 2]).transpose([2, 0, 1]).expandDims(0),
    [["flows", [1, 3, 96, 96]]],
  ],
  [
    "stardist",
    image.mean(2).astype("float32").expandDims(0).expandDims(0),
    [
      ["probability", [1, 1, 48, 48]],
      ["distances", [1, 32, 48, 48]],
    ],
  ],
] as const)(
  "a %s training ends with a file that a repository serves, in both formats",
  async (kind, planes, outputs) => {
    const { url } = await serveTrainings(folderOf({}));
    const { step, end } = trainer(url, "cells", {}, kind);
    await step(discs(), { steps: 2 });
    const packed = await end(nothing, { model_format: "bioimageio" });
    expect(packed.info.model_files).toEqual([`${kind}-bioimageio-cells.zip`]);
    const plain = await trainer(url, "cells", { resume: true }, kind).end(nothing);
    expect(plain.info.model_files).toEqual([`${kind}-cells.onnx`]);
    const other = await serveTrainings(
      folderOf({ "packed.zip": packed.model, "plain/1/model.onnx": plain.model }),
    );
    const client = new TritonClient({ serverUrl: other.url });
    expect(await client.isServerReady()).toBe(true);
    const call = { serverUrl: other.url, inputs: [planes] };
    for (const modelName of ["packed", "plain"]) {
      const results = await execute({ ...call, modelName });
      expect(outputs.map(([name]) => [name, results[name].shape])).toEqual(outputs);
    }
  },
);

test("trainings that take turns get the losses that they get one after the other", async () => {
  const samples = [discs(), discs(11), discs(7)];
  const { url } = await serveTrainings(folderOf({}));
  const alone = async (id: string, seed: number) => {
    const { step, end } = trainer(url, id, { seed });
    for (const sample of samples) await step(sample);
    return losses((await end(samples[2])).info);
  };
  const expected = [await alone("a", 1), await alone("b", 2)];
  const both = [trainer(url, "c", { seed: 1 }), trainer(url, "d", { seed: 2 })];
  for (const sample of samples) for (const { step } of both) await step(sample);
  const ended = [await both[0].end(samples[2]), await both[1].end(samples[2])];
  expect(ended.map(({ info }) => losses(info))).toEqual(expected);
});

test("a step whose client leaves stops soon, and what it has learnt is kept and served", async () => {
  const { url } = await serveTrainings(folderOf({}));
  const { step, end } = trainer(url, 9, { resume: true });
  await step(discs());
  await end();
  const controller = new AbortController();
  const progress = async () => ask(`${url}/v2/models/cellpose-train/progress/long`);
  const done = async () => JSON.parse(String((await progress()).body)).done;
  const long = step(discs(11), { steps: 128 }, { requestId: "long", signal: controller.signal });
  long.catch(() => {});
  await expect.poll(done, { interval: 10, timeout: 30_000 }).toBeGreaterThan(1);
  controller.abort();
  await expect(long).rejects.toThrow("abort");
  await expect.poll(async () => (await progress()).status, { interval: 10, timeout: 10_000 }).toBe(404);
  const config: object = await getConfig({ serverUrl: url, modelName: "9" });
  // Of both images: the mean of what 249 and 373 pixels make.
  expect(config).toMatchObject({ parameters: { diam_labels: { string_value: "19.80" } } });
  const info = await step(discs());
  const [, { iterations: kept }] = info.history_record;
  expect(kept).toBeGreaterThan(2);
  expect(kept).toBeLessThan(64);
  expect(info).toMatchObject({ iterations: kept + 1, history_record: [{ iterations: 1 }, {}, {}] });
});

/** With a row so bright that no network can bear it. */
function broken(): Sample {
  const values = Float32Array.from(image.data, Number).fill(1e30, 0, 96);
  return [ndarray(values, image.shape), labels];
}

test("an image that makes the loss infinite stops the step, and the weights stay", async () => {
  const folder = folderOf({});
  const { url } = await serveTrainings(folder);
  const { step, end } = trainer(url, 4);
  const good = await step(discs());
  const before = digestsIn(folder);
  const info = await step(broken(), { steps: 3 });
  expect(info).toMatchObject({ loss: null, iterations: 1, images: 1, history_record: good.history_record });
  expect(info.stopped).toMatch(
    /^the loss must be finite, got (NaN|Infinity) in iteration 2; the weights are those before it$/,
  );
  expect(digestsIn(folder)).toEqual(before);
  expect(await step(discs())).toMatchObject({ iterations: 2, images: 1 });
  // What was not learnt from is no sample before.
  expect((await end(discs())).info).toMatchObject({ iterations: 2 });
});

test("a new model that could not learn is not kept, and its training can't be ended", async () => {
  const folder = folderOf({});
  const { url } = await serveTrainings(folder);
  const { step, end } = trainer(url, 4);
  expect(await step(broken())).toMatchObject({ loss: null, iterations: 0, images: 0, diam_labels: null });
  await expect(end()).rejects.toMatchObject({
    status: 400,
    serverMessage: "Cannot end the training of 4: it must have learnt from a sample with objects, got none",
  });
  await expect(end(broken())).rejects.toMatchObject({
    status: 400,
    serverMessage: expect.stringMatching(/^Cannot end the training of 4: the loss must be finite, got /),
  });
  expect(digestsIn(folder)).toEqual([]);
  const predicted = execute({
    serverUrl: url,
    modelName: "cellpose-predict",
    inputs: [image, { model_id: "4" }],
  });
  await expect(predicted).rejects.toMatchObject({ status: 404 });
  expect(await step(discs())).toMatchObject({ iterations: 1 });
});

test("a model whose weights are not finite stays as it is", async () => {
  const folder = folderOf({});
  const first = await serveTrainings(folder);
  await trainer(first.url, 4).step(discs());
  await first.close();
  const record = readRecord(join(folder, "4"));
  record.state.weights.fill(Number.NaN, 1000, 2000);
  writeRecord(join(folder, "4"), record);
  const before = digestsIn(folder);
  const { url } = await serveTrainings(folder);
  const info = await trainer(url, 4, { resume: true }).step(discs(), { steps: 2 });
  expect(info).toMatchObject({
    ...{ loss: null, iterations: 1 },
    stopped: "the loss must be finite, got NaN in iteration 2; the weights are those before it",
  });
  expect(digestsIn(folder)).toEqual(before);
});

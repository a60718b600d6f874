import { type NdArray, zeros } from "@bioengine/ndarray";
import { execute, getConfig, SequenceExecutor, TritonClient } from "@bioengine/triton";
import { beforeAll, expect, test } from "vitest";
import { folderOf } from "../modelrepositoryfolder";
import { build } from "../program";
import { discs, serveTrainings, trainer } from "./trainer";

beforeAll(build, 240_000);

const [image] = discs();

/** What a model of each kind is sent when it is called by its own name. */
const planes = {
  cellpose: image.slice(null, null, [0, 2]).transpose([2, 0, 1]),
  stardist: image.mean(2).astype("uint16"),
};

/** Whether a mask has the nine discs, each under a number of its own. */
function hasDiscs(mask: NdArray): boolean {
  const plane = mask.reshape([96, 96]);
  const middles = [16, 48, 80].flatMap((y) => [16, 48, 80].map((x) => plane.get(y, x)));
  return plane.max() === 9 && new Set(middles).size === 9 && !middles.includes(0);
}

const valuesOf = (mask: NdArray): number[] => Array.from(mask.data, Number);

test.each(["cellpose", "stardist"] as const)(
  "predictionModel() gives %s-predict BioEngine's inputs, and a mask",
  async (kind) => {
    const { url } = await serveTrainings(folderOf({}));
    const { input, output } = await getConfig({ serverUrl: url, modelName: `${kind}-predict` });
    expect(input).toMatchObject([
      { name: "image", data_type: "TYPE_FP32", dims: [-1, -1, 3], optional: false },
      { name: "param", data_type: "TYPE_STRING", dims: [1], optional: true },
    ]);
    expect(output.slice(0, 2)).toMatchObject([
      { name: "mask", data_type: "TYPE_UINT16", dims: [-1, -1] },
      { name: "info", data_type: "TYPE_STRING", dims: [1] },
    ]);
  },
);

test.each(["cellpose", "stardist"] as const)(
  "a trained model of %s's kind is listed after the end, and answers by its id",
  async (kind) => {
    const { url } = await serveTrainings(folderOf({}));
    const { step, end } = trainer(url, 102, {}, kind);
    await step(discs(), { steps: 2 });
    await end();
    const client = new TritonClient({ serverUrl: url });
    expect(await client.getModelRepositoryIndex()).toContainEqual({
      name: "102",
      version: "1",
      state: "READY",
    });
    const call = { serverUrl: url, decodeJson: true };
    const own = await execute({ ...call, modelName: "102", inputs: [planes[kind], {}] });
    expect(hasDiscs(own.mask)).toBe(true);
    expect(own.info[0]).toMatchObject({ count: 9, model_type: "102" });
    const predict = { ...call, modelName: `${kind}-predict` };
    for (const model_id of ["102", 102]) {
      const { mask, info } = await execute({ ...predict, inputs: [image, { model_id }] });
      expect([mask.dtype, mask.role, mask.shape]).toEqual(["uint16", "labels", [96, 96]]);
      expect(hasDiscs(mask)).toBe(true);
      expect(info[0]).toMatchObject({ count: 9, model_type: "102" });
      if (kind === "cellpose") expect(valuesOf(mask)).toEqual(valuesOf(own.mask));
    }
  },
);

test("cellpose-predict runs the model of the sequence's id, as pyotritonclient's users call it", async () => {
  const { url } = await serveTrainings(folderOf({}));
  for (const id of [102, "mine"]) await trainer(url, id).end(discs());
  const call = { serverUrl: url, modelName: "cellpose-predict", decodeJson: true };
  for (const sequenceId of [102, "mine"]) {
    const sequence = new SequenceExecutor({ ...call, sequenceId });
    for (const inputs of [[image], [image, {}], [image, { model_id: null }], [image, { diameter: 18 }]]) {
      const { mask, info } = await sequence.step(inputs);
      expect([mask.max(), info[0].model_type]).toEqual([9, String(sequenceId)]);
    }
    const { info } = await sequence.end({ inputs: [image, { model_id: "mine" }] });
    expect(info[0].model_type).toBe("mine");
  }
});

test("cellpose-predict says which model there must be", async () => {
  const { url } = await serveTrainings(folderOf({}));
  await trainer(url, "cells").end(discs());
  await trainer(url, "stars", {}, "stardist").end(discs());
  const error = (parameters: object | string, sent = image) =>
    execute({ serverUrl: url, modelName: "cellpose-predict", inputs: [sent, parameters] }).catch(
      (error: unknown) => error,
    );
  const trainedHere =
    "Cannot run cellpose-predict: model_id must be that of a model that was trained here, got ";
  for (const model_id of ["nobody", "stars"]) {
    expect(await error({ model_id })).toMatchObject({ status: 404, serverMessage: trainedHere + model_id });
  }
  const anId =
    "Cannot run cellpose-predict: the model's id must be a whole number above 0, or letters, digits, underscores, dots and dashes, got ";
  for (const [parameters, got] of [
    [{}, "none"],
    [{ model_id: "" }, "none"],
    [{ model_id: "../cells" }, "../cells"],
  ] as const) {
    expect(await error(parameters)).toMatchObject({ status: 400, serverMessage: anId + got });
  }
  expect(await error({ model_id: "cellpose-python" })).toMatchObject({
    status: 400,
    serverMessage:
      "Cannot run cellpose-predict: the model's id must not be that of the server's own models, got cellpose-python",
  });
  expect(await error("[1]")).toMatchObject({
    status: 400,
    serverMessage: "Cannot run cellpose-predict: param must be a JSON object, got [1]",
  });
  expect(await error({ model_id: "cells", diametre: 3 })).toMatchObject({
    status: 400,
    serverMessage: expect.stringMatching(/^Cannot run cells: .*, got diametre; did you mean diameter\?$/),
  });
  expect(await error({ model_id: "cells" }, zeros([0, 0, 3], "float32"))).toMatchObject({ status: 400 });
});

test("a trained model is read anew when it has learnt more, without a restart", async () => {
  const folder = folderOf({});
  const { url } = await serveTrainings(folder);
  const { step } = trainer(url, 5, { learning_rate: 0.01 });
  const maskOf = async (serverUrl: string) => {
    const call = { serverUrl, decodeJson: true };
    const own = await execute({ ...call, modelName: "5", inputs: [planes.cellpose, {}] });
    const predicted = await execute({
      ...call,
      modelName: "cellpose-predict",
      inputs: [image, { model_id: 5 }],
    });
    expect(valuesOf(predicted.mask)).toEqual(valuesOf(own.mask));
    return valuesOf(own.mask);
  };
  await step(discs());
  const before = await maskOf(url);
  await step(discs(11), { steps: 4 });
  const after = await maskOf(url);
  expect(after).not.toEqual(before);
  expect(await maskOf((await serveTrainings(folder)).url)).toEqual(after);
});

test("cellpose-python runs the trained model that model_type names", async () => {
  const { url } = await serveTrainings(folderOf({}));
  const { step } = trainer(url, 102);
  await step(discs());
  const call = { serverUrl: url, modelName: "cellpose-python", decodeJson: true };
  const { mask, info } = await execute({ ...call, inputs: [planes.cellpose, { model_type: "102" }] });
  expect(hasDiscs(mask)).toBe(true);
  expect(info[0].model_type).toBe("102");
  await expect(execute({ ...call, inputs: [planes.cellpose, { model_type: "103" }] })).rejects.toMatchObject({
    status: 400,
    serverMessage: expect.stringMatching(/^Cannot run cellpose-python: model_type must be among /),
  });
});

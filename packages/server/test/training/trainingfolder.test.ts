import { readFileSync } from "node:fs";
import { bundledPath } from "@bioengine/engine";
import { execute } from "@bioengine/triton";
import { beforeAll, expect, test } from "vitest";
import { folderOf } from "../modelrepositoryfolder";
import { build } from "../program";
import { initializersOf } from "./initializers";
import { digestsIn, discs, filesIn, nothing, serveTrainings, trainer } from "./trainer";

beforeAll(build, 240_000);

test("a training goes on with a model that exists if resume is true, and is refused with advice else", async () => {
  const folder = folderOf({});
  const { url } = await serveTrainings(folder);
  await trainer(url, 102, { resume: true }).step(discs(), { steps: 2 });
  const before = digestsIn(folder);
  for (const parameters of [{}, { resume: false }, { resume: null }]) {
    await expect(trainer(url, 102, parameters).step(discs())).rejects.toMatchObject({
      status: 409,
      serverMessage:
        "Cannot train 102: the id must be new, got that of a model of 2 iterations; send resume: true to go on with it, or take another id",
    });
  }
  expect(digestsIn(folder)).toEqual(before);
  const { step } = trainer(url, "102");
  await step(discs(), { resume: true });
  // The steps that follow the first go on by themselves.
  expect(await step(discs())).toMatchObject({ iterations: 4, images: 1 });
});

test("a training that goes on is refused other settings than it began with, and takes the same", async () => {
  const { url } = await serveTrainings(folderOf({}));
  const began = { channels: [1, 0], diam_mean: 20, seed: 3 };
  await trainer(url, 102, began).step(discs());
  const { step } = trainer(url, 102, { resume: true });
  await expect(step(discs(), { seed: 4 })).rejects.toMatchObject({
    status: 409,
    serverMessage:
      "Cannot train 102: seed must be that of the model, 3, got 4; leave it out, or take another id",
  });
  await expect(step(discs(), { channels: [1, 2] })).rejects.toThrow(
    "channels must be that of the model, [1,0], got [1,2]",
  );
  await expect(step(discs(), { diam_mean: 17 })).rejects.toThrow(
    "diam_mean must be that of the model, 20, got 17",
  );
  expect(await step(discs(), began)).toMatchObject({ iterations: 2 });
});

test("a model that another server on the folder trains is served here, too", async () => {
  const folder = folderOf({});
  const [here, there] = [await serveTrainings(folder), await serveTrainings(folder)];
  const { end } = trainer(there.url, "cells");
  await end(discs());
  const [image] = discs();
  const { mask } = await execute({
    ...{ serverUrl: here.url, modelName: "cells", inputs: [image.transpose([2, 0, 1]), {}] },
  });
  expect(mask.shape).toEqual([1, 96, 96]);
});

test("a training is refused for a model of the other kind, and for one that was not trained here", async () => {
  const folder = folderOf({
    "mine/1/model.onnx": readFileSync(bundledPath("cellpose")),
    "zipped.zip": "zip",
    file: "text",
  });
  const { url } = await serveTrainings(folder);
  await trainer(url, "cells").step(discs());
  const before = digestsIn(folder);
  const error = (id: string) =>
    trainer(url, id, { resume: true }, "stardist")
      .step(discs())
      .catch((error: unknown) => error);
  expect(await error("cells")).toMatchObject({
    status: 409,
    serverMessage:
      "Cannot train cells: the model must be of stardist's kind, got one of cellpose's; train it with cellpose-train, or take another id",
  });
  for (const id of ["mine", "zipped", "file"]) {
    expect(await error(id)).toMatchObject({
      status: 409,
      serverMessage: `Cannot train ${id}: the id must be new, got that of a model of the repository that was not trained here; take another`,
    });
  }
  expect(digestsIn(folder)).toEqual(before);
});

test.each(["cyto", "cyto3", "nuclei"])(
  "a training is refused for the id %s, which names a bundled network",
  async (id) => {
    const folder = folderOf({});
    const { url } = await serveTrainings(folder);
    await expect(trainer(url, id).step(discs())).rejects.toMatchObject({
      status: 409,
      serverMessage: `Cannot train ${id}: the id must be new, got that of a bundled network; take another`,
    });
    expect(filesIn(folder).size).toBe(0);
  },
);

test("a model with a token is changed by nobody who does not know it, and the token is not kept", async () => {
  const folder = folderOf({});
  const { url } = await serveTrainings(folder);
  const model_token = "the sesame of room 7";
  const owner = trainer(url, "safe");
  await owner.step(discs(), { model_token, steps: 2 });
  const before = digestsIn(folder);
  const tokens = [
    [{}, "none"],
    [{ model_token: null }, "none"],
    [{ model_token: "sesame" }, "another"],
  ] as const;
  const refusal = (got: string) => ({
    status: 403,
    serverMessage: `Cannot train safe: model_token must be the one that the model was made with, got ${got}`,
  });
  for (const [token, got] of tokens) {
    await expect(owner.step(discs(11), token)).rejects.toMatchObject(refusal(got));
    await expect(owner.end(nothing, token)).rejects.toMatchObject(refusal(got));
  }
  expect(await owner.step(discs(), { model_token })).toMatchObject({ iterations: 3 });
  const later = digestsIn(folder);
  expect(later).not.toEqual(before);
  for (const [token, got] of tokens) {
    const stranger = trainer(url, "safe", { resume: true, ...token });
    await expect(stranger.step(discs())).rejects.toMatchObject(refusal(got));
    await expect(stranger.end(discs())).rejects.toMatchObject(refusal(got));
  }
  expect(digestsIn(folder)).toEqual(later);
  const again = trainer(url, "safe", { resume: true, model_token });
  const info = await again.step(discs());
  expect(info).toMatchObject({ iterations: 4 });
  const { model } = await again.end(nothing, { model_format: "bioimageio" });
  for (const bytes of [...filesIn(folder).values(), Buffer.from(JSON.stringify(info)), Buffer.from(model)]) {
    expect(bytes.includes(model_token)).toBe(false);
  }
});

test("a new model starts from the bundled weights, from another's, or from random ones", async () => {
  const { url } = await serveTrainings(folderOf({}));
  const first = async (id: string, parameters: object) =>
    (await trainer(url, id).step(discs(), { seed: 3, ...parameters })).loss;
  const bundled = await first("a", {});
  for (const pretrained_model of ["cyto", "nuclei", "cyto2"]) {
    expect(await first(`${pretrained_model}-too`, { pretrained_model })).toBe(bundled);
  }
  const base = trainer(url, "base", { learning_rate: 0.01 });
  await base.step(discs(), { steps: 4 });
  const child = await first("child", { pretrained_model: "base" });
  expect(child).not.toBe(bundled);
  // Of the averaged weights, which are what the other gives and serves; the rate of the first update does not matter.
  expect(await first("sibling", { pretrained_model: "base", learning_rate: 0.1 })).toBe(child);
  await base.step(discs());
  expect(await first("later", { pretrained_model: "base" })).not.toBe(child);
  const random = await first("random", { pretrained_model: null });
  expect(await first("random-too", { pretrained_model: false })).toBe(random);
  expect(random).toBeGreaterThan(2 * (bundled ?? 0));
});

test("random weights are those of He: biases of 0, kernels of variance 2 / inputs", async () => {
  const { url } = await serveTrainings(folderOf({}));
  const { step, end } = trainer(url, "random", { pretrained_model: null, learning_rate: 1e-6 });
  await step(discs());
  const initializers = [...initializersOf((await end()).model).values()];
  expect(initializers.length).toBeGreaterThan(40);
  for (const { shape, values } of initializers) {
    const square = values.reduce((sum, value) => sum + value * value, 0) / values.length;
    const inputs = shape.slice(1).reduce((product, length) => product * length, 1);
    if (shape.length === 1) expect(square).toBeLessThan(1e-12);
    // Five deviations of the mean square of so many numbers.
    else expect(Math.abs((square * inputs) / 2 - 1)).toBeLessThan(5 * Math.sqrt(2 / values.length));
  }
});

test.each([
  ["nobody", "got nobody"],
  ["../base", "got ../base"],
  ["cellpose-python", "got cellpose-python"],
])("a new model that is to start from %s is refused, and nothing is kept", async (pretrained_model, got) => {
  const folder = folderOf({});
  const { url } = await serveTrainings(folder);
  await expect(trainer(url, 1).step(discs(), { pretrained_model })).rejects.toMatchObject({
    status: 400,
    serverMessage: `Cannot train 1: pretrained_model must be "cyto", "nuclei" or the id of a model that was trained here, ${got}`,
  });
  expect(filesIn(folder).size).toBe(0);
});

test("a new model can't start from one of the other kind", async () => {
  const { url } = await serveTrainings(folderOf({}));
  await trainer(url, "stars", {}, "stardist").step(discs());
  await expect(trainer(url, 1).step(discs(), { pretrained_model: "stars" })).rejects.toMatchObject({
    status: 400,
    serverMessage: "Cannot train 1: pretrained_model must be of cellpose's kind, got stars of stardist's",
  });
});

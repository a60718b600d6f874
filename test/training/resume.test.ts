import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drawMembranes, HttpError, type TrainOptions, train } from "bioengine";
import { describe, expect, test } from "vitest";
import { suiteEngine } from "./embeddedengine";

const engine = suiteEngine();
const outputDir = mkdtempSync(join(tmpdir(), "bioengine-trained-"));
const samples = drawMembranes({ count: 2, size: 64 });

const learn = (modelId: number | string, epochs: number, options: TrainOptions = {}) =>
  train(modelId, samples, { epochs, steps: 1, outputDir, ...options });

const fileOf = (modelId: string, name: string): string => join(engine.home(), "models", modelId, name);
const weightsOf = (modelId: string): Buffer => readFileSync(fileOf(modelId, "1/model.onnx"));
const recordOf = (modelId: string): Buffer => readFileSync(fileOf(modelId, "training.bin"));

async function refusalOf(work: Promise<unknown>): Promise<HttpError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof HttpError) return error;
  throw new Error(`No HttpError came: ${error}`);
}

test("train() gives the same model for a seed, at once or in two calls, by one engine or two", async () => {
  const whole = await learn("model", 4, { seed: 3 });
  const wholeWeights = weightsOf("model");
  expect(whole).toMatchObject({ iterations: 8 });
  await engine.moveHome();
  const first = await learn("model", 2, { seed: 3 });
  await engine.kill();
  const second = await learn("model", 2, { seed: 3 });
  expect([first.iterations, second.iterations]).toEqual([4, 8]);
  expect([...first.losses, ...second.losses]).toEqual(whole.losses);
  expect(weightsOf("model").equals(wholeWeights)).toBe(true);
});

test("train() gives other models for other seeds", async () => {
  const [zero, one] = [await learn("seed-default", 1), await learn("seed-1", 1, { seed: 1 })];
  expect((await learn("seed-0", 1, { seed: 0 })).losses).toEqual(zero.losses);
  expect(one.losses).not.toEqual(zero.losses);
});

test("train() trains models in turn, each as if it were alone", async () => {
  const [one, other] = await Promise.all([learn("one", 3), learn("other", 3, { learningRate: 0.01 })]);
  expect((await learn("alone", 3)).losses).toEqual(one.losses);
  expect(other.losses).not.toEqual(one.losses);
});

test("train() measures a model that it trains further before it does", async () => {
  const first = await learn("measured", 1, { validation: samples });
  const second = await learn("measured", 1, { validation: samples, resume: true });
  expect(second.before).toBe(first.validation![0]);
});

describe("resume: false", () => {
  test("trains a new model", async () => {
    expect(await learn("new", 1, { resume: false })).toMatchObject({ iterations: 2 });
  });

  test("refuses one that exists, leaves it, and says what to do", async () => {
    await learn("known", 1);
    const before = recordOf("known");
    const { status, message } = await refusalOf(learn("known", 1, { resume: false }));
    expect(status).toBe(409);
    expect(message).toContain("Cannot train known: the id must be new, got that of a model of 2 iterations");
    expect(message).toMatch(/leave out resume: false to go on with it, or take another id/);
    expect(recordOf("known").equals(before)).toBe(true);
  });
});

describe("modelToken", () => {
  test.each([
    ["another", "b"],
    ["none", undefined],
  ])("protects a model from whoever has %s", async (got, modelToken) => {
    const id = `protected-from-${got}`;
    await learn(id, 1, { modelToken: "a" });
    const before = recordOf(id);
    const { status, message } = await refusalOf(learn(id, 1, { modelToken }));
    expect(status).toBe(403);
    expect(message).toContain(`modelToken must be the one that the model was made with, got ${got}`);
    expect(recordOf(id).equals(before)).toBe(true);
  });

  test("lets through who has it, and is not in the model's files", async () => {
    const token = "rather-secret-4711";
    await learn("token", 1, { modelToken: token });
    expect(await learn("token", 1, { modelToken: token })).toMatchObject({ iterations: 4 });
    for (const name of ["training.bin", "config.pbtxt"]) {
      expect(readFileSync(fileOf("token", name)).includes(token)).toBe(false);
    }
  });
});

describe("train() says", () => {
  test.each<[string, unknown, TrainOptions, string]>([
    ["an id that is none", 0, {}, "Cannot train: modelId must be a whole number above 0 or a text, got 0"],
    [
      "an id of no characters",
      "",
      {},
      'Cannot train: modelId must be a whole number above 0 or a text, got ""',
    ],
    ["no id", undefined, {}, "Cannot train: modelId must be a whole number above 0 or a text, got undefined"],
    ["epochs", "m", { epochs: 0 }, "Cannot train m: epochs must be a whole number from 1 to 10000, got 0"],
    [
      "steps",
      "m",
      { steps: 200 },
      "steps must be a whole number from 1 to 128, got 200; train longer with more epochs",
    ],
    [
      "a model's name",
      "m",
      { modelName: "unet-train" },
      'modelName must be "cellpose-train" or "stardist-train", got "unet-train"',
    ],
    [
      "a validation",
      "m",
      { validation: [] },
      "Cannot train m: validation must be a list of pairs of image and labels, got none",
    ],
  ])("before it begins what is wrong with %s", async (_, modelId, options, message) => {
    await expect(train(modelId as string, samples, options)).rejects.toThrow(message);
  });

  test("before it begins that the format is none, or an option is misspelt", async () => {
    const format = JSON.parse('{ "modelFormat": "zip" }');
    await expect(learn("m", 1, format)).rejects.toThrow(
      'Cannot train m: modelFormat must be "onnx" or "bioimageio", got "zip"',
    );
    const snake = JSON.parse('{ "pretrained_model": "cyto" }');
    await expect(learn("m", 1, snake)).rejects.toThrow("got pretrained_model; write { pretrainedModel: … }");
  });

  test("before it begins that the output folder can't be one", async () => {
    const taken = join(outputDir, "taken");
    writeFileSync(taken, "");
    await expect(learn("homeless", 1, { outputDir: taken })).rejects.toThrow(
      `Cannot train homeless: outputDir must be a folder, got ${taken}: EEXIST`,
    );
    expect(existsSync(fileOf("homeless", "."))).toBe(false);
  });

  test("what the engine refuses: ids of its own models, or that are no file's name, and unknown models", async () => {
    expect((await refusalOf(learn("stardist", 1))).message).toContain(
      "the model's id must not be that of the server's own models, got stardist",
    );
    expect((await refusalOf(learn("../model", 1))).message).toContain(
      "the model's id must be a whole number above 0, or letters, digits, underscores, dots and dashes, got ../model",
    );
    expect((await refusalOf(learn("orphan", 1, { pretrainedModel: "nobody" }))).message).toContain(
      'pretrainedModel must be "cyto", "nuclei" or the id of a model that was trained here, got nobody',
    );
    expect((await refusalOf(learn("hot", 1, { learningRate: 5 }))).message).toMatch(
      /learningRate must be .* got 5/,
    );
  });

  test("what a wrong kind of network is", async () => {
    await learn("kind", 1);
    const { status, message } = await refusalOf(learn("kind", 1, { modelName: "stardist-train" }));
    expect(status).toBe(409);
    expect(message).toContain(
      "the model must be of stardist's kind, got one of cellpose's; train it with cellpose-train, or take another id",
    );
  });
});

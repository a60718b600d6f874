import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { full, type NdArray, ndarray, type TrainingSample, type TrainOptions, train } from "bioengine";
import { expect, test } from "vitest";
import { withTriton } from "./withtriton";

// The models of trainingmodels.py learn nothing; the file that they give says what they were asked.

/** A request as the model saw it. */
interface Asked {
  readonly start: 0 | 1;
  readonly end: 0 | 1;
  /** dtype and shape of image and labels. */
  readonly arrays: readonly (readonly [string, readonly number[]])[];
  readonly param: Record<string, unknown>;
}

interface Told {
  readonly requests: readonly Asked[];
  /** Value of each image that came to be learnt from, and for how many steps. */
  readonly trained: readonly (readonly [number, number])[];
}

function toldBy(file: string): Told {
  const bytes = readFileSync(file);
  expect([...bytes.subarray(0, 4)]).toEqual([0, 255, 80, 75]);
  return JSON.parse(bytes.toString("utf8", 4));
}

const labels = ndarray([
  [0, 1, 1],
  [2, 2, 0],
]).astype("uint16");
const sample = (value: number): TrainingSample => [full([2, 3], value, "uint8"), labels];

/** Four objects of two pixels, which have the objects' numbers as values. */
const objects: NdArray = ndarray([1, 2, 3, 4].map((value) => [0, value, value, 0])).astype("uint16");
const validation: TrainingSample[] = [[objects, objects]];

const models = ["cellpose-train", "cellpose-predict", "cellpose-python", "stardist-train"];

const suite = (triton: { readonly url: string }) => {
  const outputDir = mkdtempSync(join(tmpdir(), "bioengine-trained-"));
  const learn = (modelId: number | string, samples: readonly TrainingSample[], options: TrainOptions = {}) =>
    train(modelId, samples, { serverUrl: triton.url, outputDir, ...options });

  test("train() sends each image once an epoch, and gives the mean loss of each epoch", async () => {
    const trained = await learn(1, [sample(5), sample(6)], { epochs: 3, steps: 2 });
    expect(trained).toEqual({
      modelId: "1",
      // 12 / 2, 12 / 4, ...: the model's after each request.
      losses: [(6 + 3) / 2, (2 + 1.5) / 2, (1.2 + 1) / 2],
      iterations: 12,
      file: join(outputDir, "cellpose-1.bin"),
      milliseconds: expect.any(Number),
    });
    const { requests, trained: learnt } = toldBy(trained.file);
    const epoch = [
      [5, 2],
      [6, 2],
    ];
    expect(learnt).toEqual([...epoch, ...epoch, ...epoch]);
    expect(requests.map(({ start, end }) => [start, end])).toEqual([
      [1, 0],
      ...Array(5).fill([0, 0]),
      [0, 1],
    ]);
    for (const { arrays } of requests) {
      expect(arrays).toEqual([
        ["float32", [2, 3, 3]],
        ["uint16", [2, 3, 1]],
      ]);
    }
    const common = { resume: true, model_token: null, channels: [1, 0] };
    const steps = requests.slice(0, 6).map(({ param }) => param);
    expect(steps).toEqual(Array(6).fill({ ...common, steps: 2, pretrained_model: "cyto" }));
    expect(requests[6]!.param).toEqual(common);
  });

  test("train() sends options in the model's words", async () => {
    const options = {
      ...({ epochs: 1, steps: 128, pretrainedModel: "nuclei", modelToken: "secret", resume: false } as const),
      ...({ channels: [2, 1], diamMean: 30, seed: 9, learningRate: 0.2, modelFormat: "bioimageio" } as const),
    };
    const { requests } = toldBy((await learn(2, [sample(1)], options)).file);
    const common = { model_token: "secret", channels: [2, 1] };
    expect(requests.map(({ param }) => param)).toEqual([
      {
        ...{ ...common, resume: false, steps: 128, pretrained_model: "nuclei" },
        ...{ diam_mean: 30, seed: 9, learning_rate: 0.2 },
      },
      { ...common, resume: true, model_format: "bioimageio" },
    ]);
    const scratch = await learn(3, [sample(1)], { epochs: 1, pretrainedModel: null });
    expect(toldBy(scratch.file).requests[0]!.param).toMatchObject({ pretrained_model: null, steps: 5 });
  });

  test("train() measures with the server's models, before and after each epoch", async () => {
    const epochs: object[] = [];
    const onEpoch = (epoch: object) => epochs.push(epoch);
    const trained = await learn(4, [sample(1)], { epochs: 4, steps: 1, validation, onEpoch });
    // cellpose-python finds each pixel: 4 of 8 have half of an object. cellpose-predict finds an object more each time.
    const scores = [1, 2, 3, 4].map((found) => (2 * found) / (found + 4));
    expect(trained).toMatchObject({ before: (2 * 4) / (4 + 8), validation: scores });
    expect(epochs).toEqual(scores.map((f1, index) => ({ epoch: index + 1, loss: 12 / (index + 1), f1 })));
    const more = await learn(4, [sample(1)], { epochs: 1, steps: 1, validation });
    expect(more).toMatchObject({ before: 1, iterations: 5, losses: [12 / 5] });
    const child = await learn(5, [sample(1)], { pretrainedModel: "4", epochs: 1, steps: 2, validation });
    expect(child).toMatchObject({ before: 1, validation: [scores[1]] });
    const orphan = await learn(6, [sample(1)], { pretrainedModel: null, epochs: 1, steps: 2, validation });
    expect(orphan).not.toHaveProperty("before");
  });

  test.each([
    ["NaN", 1],
    ["null", 2],
  ])("train() stops when the loss is %s, and keeps what was learnt until then", async (loss, seed) => {
    const trained = await learn(10 + seed, [sample(1)], { epochs: 9, steps: 1, seed });
    expect(trained).toMatchObject({
      losses: [12, 6, 4],
      stopped: `stopped after 3 of 9 epochs: the loss must be finite, got ${loss}`,
      iterations: 4,
    });
    const { requests, trained: learnt } = toldBy(trained.file);
    expect(learnt).toHaveLength(4);
    expect(requests.at(-1)).toMatchObject({ start: 0, end: 1 });
  });

  test("a signal stops train(), which ends the sequence and saves what was learnt", async () => {
    const stop = new AbortController();
    const onEpoch = ({ epoch }: { epoch: number }) => {
      if (epoch === 2) stop.abort();
    };
    const trained = await learn(20, [sample(1)], { epochs: 9, signal: stop.signal, onEpoch });
    expect(trained).toMatchObject({ losses: [12 / 5, 12 / 10], stopped: "stopped after 2 of 9 epochs" });
    expect(toldBy(trained.file).requests.map(({ end }) => end)).toEqual([0, 0, 1]);
  });

  test("train() gives what the server refuses as HttpError, and leaves no file", async () => {
    const options = { epochs: 1, steps: 1, modelToken: "a" };
    await learn(30, [sample(1)], options);
    const files = readdirSync(outputDir);
    const refused = learn(30, [sample(1)], { ...options, modelToken: "b" });
    await expect(refused).rejects.toMatchObject({
      name: "HttpError",
      status: 500,
      modelName: "cellpose-train",
      serverMessage: "the model_token is not that of model 30",
      message: expect.stringContaining("the model_token is not that of model 30"),
    });
    await expect(learn(30, [sample(1)], { ...options, resume: false })).rejects.toThrow(
      "model 30 exists: resume it, or take another id",
    );
    expect(readdirSync(outputDir)).toEqual(files);
    const more = await learn(30, [sample(1)], options);
    expect(toldBy(more.file).trained).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  test("train() takes models by text, from a server that says as little as may be", async () => {
    const trained = await learn("my-stars", [sample(1)], {
      modelName: "stardist-train",
      epochs: 1,
      steps: 3,
    });
    expect(trained).toEqual({
      modelId: "my-stars",
      losses: [4],
      file: join(outputDir, "my-stars.onnx"),
      milliseconds: expect.any(Number),
    });
    expect(toldBy(trained.file).trained).toEqual([[1, 3]]);
  });

  test("train() says which model the server needs to measure", async () => {
    const options = { modelName: "stardist-train", epochs: 1, validation };
    await expect(learn("unmeasured", [sample(1)], options)).rejects.toMatchObject({
      name: "HttpError",
      modelName: "stardist-predict",
    });
  });
};

withTriton("training", models, suite, [], "trainingmodels.py");

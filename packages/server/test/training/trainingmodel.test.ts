import { readFileSync } from "node:fs";
import { bundledPath } from "@bioengine/engine";
import { ndarray, zeros } from "@bioengine/ndarray";
import { getConfig, type HttpError } from "@bioengine/triton";
import { beforeAll, expect, test } from "vitest";
import { folderOf } from "../modelrepositoryfolder";
import { build } from "../program";
import { initializersOf } from "./initializers";
import { discs, filesIn, losses, nothing, type Sample, serveTrainings, trainer } from "./trainer";

beforeAll(build, 240_000);

const kinds = ["cellpose", "stardist"] as const;

test.each(kinds)(
  "%s-train has the inputs, outputs and sequences of BioEngine's cellpose-train",
  async (kind) => {
    const { url } = await serveTrainings(folderOf({}));
    const config = await getConfig({ serverUrl: url, modelName: `${kind}-train` });
    const tensor = ({ name, data_type, dims }: (typeof config.input)[number]) => [name, data_type, dims];
    expect(config.input.map(tensor)).toEqual([
      ["image", "TYPE_FP32", [-1, -1, 3]],
      ["labels", "TYPE_UINT16", [-1, -1, 1]],
      ["param", "TYPE_STRING", [1]],
    ]);
    expect(config.output.map(tensor)).toEqual([
      ["info", "TYPE_STRING", [1]],
      ["model", "TYPE_STRING", [1]],
    ]);
    expect(config).toMatchObject({ sequence_batching: { max_sequence_idle_microseconds: 3_600_000_000 } });
  },
);

test.each(kinds)("%s-train learns: each of the network's weights is another in the end", async (kind) => {
  const { url } = await serveTrainings(folderOf({}));
  const { step, end } = trainer(url, 102, { steps: 2, learning_rate: 0.01 }, kind);
  const first = await step(discs());
  expect(first).toMatchObject({
    model_id: "102",
    iterations: 2,
    history_record: [{ iterations: 2, loss: first.loss }],
    model_files: [`${kind}-102.onnx`],
    images: 1,
  });
  // 249 pixels lie nearer than 9 to a disc's middle.
  expect(first.diam_labels).toBeCloseTo(Math.sqrt((4 * 249) / Math.PI), 6);
  const second = await step(discs(11));
  expect(second).toMatchObject({
    iterations: 4,
    images: 2,
    history_record: [{ iterations: 2 }, { iterations: 4 }],
  });
  expect(second.loss).toBeGreaterThan(0);
  const { info, model } = await end();
  expect(info).toEqual(second);
  const [before, after] = [initializersOf(readFileSync(bundledPath(kind))), initializersOf(model)];
  expect(before.size).toBeGreaterThan(40);
  expect([...after.keys()]).toEqual([...before.keys()]);
  for (const [name, { shape, values }] of before) {
    expect(after.get(name)?.shape).toEqual(shape);
    expect([name, after.get(name)?.values]).not.toEqual([name, values]);
  }
});

test.each(kinds)("%s-train gives the same losses for the same seed, and others for another", async (kind) => {
  const { url } = await serveTrainings(folderOf({}));
  const lossesOf = async (id: string, seed: number) => {
    const { step } = trainer(url, id, { seed }, kind);
    await step(discs(), { steps: 1 });
    return losses(await step(discs(11), { steps: 2 }));
  };
  const first = await lossesOf("a", 7);
  expect(await lossesOf("b", 7)).toEqual(first);
  const other = await lossesOf("c", 8);
  expect(other.map((loss, index) => loss === first[index])).toEqual([false, false]);
});

test.each([
  [{ steps: 0 }, "steps must be a whole number from 1 to 128, got 0"],
  [{ steps: 129 }, "steps must be a whole number from 1 to 128, got 129"],
  [{ steps: 1.5 }, "steps must be a whole number from 1 to 128, got 1.5"],
  [{ stepz: 2 }, /^the parameters must be among steps, .*, got stepz; did you mean steps\?$/],
  [{ pretrained: "cyto" }, /, got pretrained; did you mean pretrained_model\?$/],
  [{ resume: "yes" }, 'resume must be true or false, got "yes"'],
  [{ model_token: 7 }, "model_token must be a text, got 7"],
  [{ channels: [4, 0] }, /^channels must be two channel numbers, .*, got \[4,0\]$/],
  [{ channels: 1 }, /^channels must be two channel numbers, .*, got 1$/],
  [{ diam_mean: 1 }, "diam_mean must be a number from 5 to 200, got 1"],
  [{ seed: -1 }, "seed must be a whole number from 0 to 4294967295, got -1"],
  [{ learning_rate: 1 }, "learning_rate must be a number from 0.000001 to 0.1, got 1"],
  [{ score: 1.5 }, "score must be a number from 0 to 1, got 1.5"],
  [{ model_format: "pytorch" }, 'model_format must be "onnx" or "bioimageio", got "pytorch"'],
])("cellpose-train refuses the parameters %j, and keeps nothing", async (parameters, message) => {
  const folder = folderOf({});
  const { url } = await serveTrainings(folder);
  const error = await trainer(url, 5)
    .step(discs(), parameters)
    .catch((error: unknown) => error);
  expect(error).toMatchObject({
    status: 400,
    serverMessage: expect.stringMatching(/^Cannot run cellpose-train: /),
  });
  const words = (error as HttpError).serverMessage.replace("Cannot run cellpose-train: ", "");
  if (typeof message === "string") expect(words).toBe(message);
  else expect(words).toMatch(message);
  expect(filesIn(folder).size).toBe(0);
});

const [image, labels] = discs();
const size = image.shape.join(", ");

test.each<[string, Sample, string]>([
  ["without objects", [image, zeros([96, 96, 1], "uint16")], "labels must have objects, got none"],
  [
    "without finite values",
    [ndarray(new Float32Array(image.size).fill(Number.NaN), [96, 96, 3]), labels],
    "the image must have finite values, got NaN only; look where it was made",
  ],
  [
    "whose labels have another size",
    [image, discs(9, 64)[1]],
    `the image must have axes [y, x, c] and the labels the same y and x, got [${size}] and [64, 64, 1]`,
  ],
  ["without pixels", nothing, "the image must have pixels, got shape [0, 0, 3]"],
])(
  "cellpose-train and stardist-train refuse a sample %s, and keep nothing",
  async (_, sample, requirement) => {
    const folder = folderOf({});
    const { url } = await serveTrainings(folder);
    for (const kind of kinds) {
      await expect(trainer(url, "my-model", {}, kind).step(sample)).rejects.toMatchObject({
        status: 400,
        serverMessage: `Cannot train my-model: ${requirement}`,
      });
    }
    expect(filesIn(folder).size).toBe(0);
  },
);

test("cellpose-train takes a refused sample as if it had not come", async () => {
  const { url } = await serveTrainings(folderOf({}));
  const [plain, disturbed] = [1, 2].map((id) => trainer(url, id));
  for (const { step } of [plain, disturbed]) await step(discs());
  await expect(disturbed.step([image, zeros([96, 96, 1], "uint16")])).rejects.toThrow("must have objects");
  const [expected, info] = [await plain.step(discs(11)), await disturbed.step(discs(11))];
  expect({ ...info, model_id: "1", model_files: ["cellpose-1.onnx"] }).toEqual(expected);
});

import { expect, test } from "vitest";
import { trainingParameters } from "../../src/training/trainingparameters";

const defaults = {
  steps: 1,
  pretrainedModel: "cyto",
  resume: false,
  modelToken: undefined,
  channels: undefined,
  diameter: undefined,
  seed: undefined,
  learningRate: 3e-4,
  modelFormat: "onnx",
};

const parametersOf = (parameters: unknown) => trainingParameters("cellpose-train", parameters);

test("trainingParameters() has a default for all that is left out or null", () => {
  expect(parametersOf({})).toEqual(defaults);
  const nothing = ["steps", "resume", "model_token", "channels", "diam_mean", "diameter", "seed"];
  const nulls = Object.fromEntries([...nothing, "learning_rate", "model_format"].map((name) => [name, null]));
  expect(parametersOf(nulls)).toEqual(defaults);
});

test("trainingParameters() gives what was asked for", () => {
  const given = {
    steps: 16,
    pretrained_model: "1234",
    resume: true,
    model_token: "secret",
    channels: [0, 3],
    diam_mean: 30,
    seed: 2 ** 32 - 1,
    learning_rate: 0.01,
    score: 0.8,
    model_format: "bioimageio",
  };
  expect(parametersOf(given)).toEqual({
    steps: 16,
    pretrainedModel: "1234",
    resume: true,
    modelToken: "secret",
    channels: [0, 3],
    diameter: 30,
    seed: 2 ** 32 - 1,
    learningRate: 0.01,
    score: 0.8,
    modelFormat: "bioimageio",
  });
});

test("trainingParameters() starts from random weights where pretrained_model is false or null", () => {
  for (const pretrained_model of [false, null]) {
    expect(parametersOf({ pretrained_model })).toEqual({ ...defaults, pretrainedModel: undefined });
  }
  expect(parametersOf({ pretrained_model: undefined })).toEqual(defaults);
});

test("trainingParameters() takes the diameter of a prediction, and trains as without it", () => {
  expect(parametersOf({ diameter: 40 })).toEqual(defaults);
});

/** Of each parameter what is accepted, what isn't, and the words for it. */
const rules: [name: string, accepted: unknown[], refused: unknown[], requirement: string][] = [
  ["steps", [1, 128], [0, 129, 1.5, "4", true], "a whole number from 1 to 128"],
  [
    "pretrained_model",
    ["cyto", "nuclei", "7", false],
    ["", true, 7, {}],
    '"cyto", "nuclei" or the id of a trained model, or false to start from random weights',
  ],
  ["resume", [true, false], [1, "true"], "true or false"],
  ["model_token", ["x"], ["", 5, true], "a text"],
  [
    "channels",
    [
      [0, 0],
      [1, 2],
      [3, 3],
    ],
    [[1], [1, 2, 3], [1, 4], [-1, 0], [1, 0.5], ["1", "2"], [1, null], 1, { 0: 1, 1: 2, length: 2 }],
    "two channel numbers, [cytoplasm, nucleus], 0 = the mean of all (as a nucleus: none), 1 = the first",
  ],
  ["diam_mean", [5, 17.5, 200], [4.9, 200.1, "30"], "a number from 5 to 200"],
  ["diameter", [0, 10_000], [-1, 10_001, "30"], "a number from 0 to 10000"],
  ["seed", [0, 4_294_967_295], [-1, 4_294_967_296, 0.5, "0"], "a whole number from 0 to 4294967295"],
  ["learning_rate", [0.000001, 0.1], [0, 0.11, -0.001, "0.001"], "a number from 0.000001 to 0.1"],
  ["score", [0, 0.5, 1], [-0.1, 1.1, "1"], "a number from 0 to 1"],
  ["model_format", ["onnx", "bioimageio"], ["ONNX", "pytorch", true], '"onnx" or "bioimageio"'],
];

for (const [name, accepted, refused, requirement] of rules) {
  test(`trainingParameters() takes ${name} as ${requirement}`, () => {
    for (const value of accepted) expect(() => parametersOf({ [name]: value })).not.toThrow();
    for (const value of refused) {
      expect(() => parametersOf({ [name]: value })).toThrow(
        new RangeError(
          `Cannot run cellpose-train: ${name} must be ${requirement}, got ${JSON.stringify(value)}`,
        ),
      );
    }
  });
}

test("trainingParameters() names an unknown parameter, the known ones, and the nearest", () => {
  expect(() => parametersOf({ step: 4 })).toThrow(
    new RangeError(
      `Cannot run cellpose-train: the parameters must be among ${rules.map(([name]) => name).join(", ")}, got step; did you mean steps?`,
    ),
  );
});

test("trainingParameters() takes an object only", () => {
  for (const [value, got] of [
    [null, "null"],
    [[1], "[1]"],
    ["steps", '"steps"'],
    [4, "4"],
  ] as const) {
    expect(() => parametersOf(value)).toThrow(
      new TypeError(`Cannot run cellpose-train: the parameters must be an object, got ${got}`),
    );
  }
});

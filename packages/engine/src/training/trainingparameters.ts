import { checkParameters, numberFrom, type ParameterRule } from "../parameters";

const wholeFrom = (low: number, high: number): ParameterRule => ({
  accepts: (value) => Number.isInteger(value) && numberFrom(low, high).accepts(value),
  requirement: `a whole number from ${low} to ${high}`,
});

const text: ParameterRule = {
  accepts: (value) => typeof value === "string" && value !== "",
  requirement: "a text",
};

const rules: Record<string, ParameterRule> = {
  steps: wholeFrom(1, 128),
  pretrained_model: {
    accepts: (value) => value === false || text.accepts(value),
    requirement: '"cyto", "nuclei" or the id of a trained model, or false to start from random weights',
  },
  resume: { accepts: (value) => typeof value === "boolean", requirement: "true or false" },
  model_token: text,
  channels: {
    accepts: (value) =>
      Array.isArray(value) &&
      value.length === 2 &&
      value.every((channel) => wholeFrom(0, 3).accepts(channel)),
    requirement:
      "two channel numbers, [cytoplasm, nucleus], 0 = the mean of all (as a nucleus: none), 1 = the first",
  },
  diam_mean: numberFrom(5, 200),
  // Of a prediction, so that a client may send the same parameters for both: here the labels say it.
  diameter: numberFrom(0, 10_000),
  seed: wholeFrom(0, 2 ** 32 - 1),
  learning_rate: numberFrom(1e-6, 0.1),
  score: numberFrom(0, 1),
  model_format: {
    accepts: (value) => value === "onnx" || value === "bioimageio",
    requirement: '"onnx" or "bioimageio"',
  },
};

/** How a model is trained, with the defaults of what was left out. */
export interface TrainingParameters {
  /** Iterations on the sample, 1 to 128; default 1. */
  readonly steps: number;
  /** What the weights start from, default `cyto`; undefined: random. */
  readonly pretrainedModel: string | undefined;
  /** Whether to go on with a model that exists; default: no. */
  readonly resume: boolean;
  /** Whoever changes the model must know it; undefined: anybody may. */
  readonly modelToken: string | undefined;
  /** [cytoplasm, nucleus], 0 = mean of all, or no nucleus; 1 = the first; undefined: the model's, [1, 2] of a new one. */
  readonly channels: readonly [number, number] | undefined;
  /** Diameter in pixels of the network that objects are brought to; undefined: the model's, of a new one as the network is used to. */
  readonly diameter: number | undefined;
  /** Of the crops, and of random weights; undefined: the model's, 0 of a new one. */
  readonly seed: number | undefined;
  /** Of Adam, 1e-6 to 0.1; default 0.0003: 0.001 unlearns for a while what a network does well. */
  readonly learningRate: number;
  /** How good the model is as it is before the request, e.g. F1 on validation images; undefined: nobody knows. */
  readonly score: number | undefined;
  /** What the training gives at its end: the network alone, or in a package of bioimage.io; default `onnx`. */
  readonly modelFormat: "onnx" | "bioimageio";
}

/**
 * Check the parameters of a training, as they came; null counts as left out, but `pretrained_model: null` starts from
 * random weights.
 *
 * @param modelName e.g. `cellpose-train`, for messages
 * @throws {TypeError} if they are no object
 * @throws {RangeError} if one is unknown or out of its range; the message names it
 * @example
 * const { steps, seed } = trainingParameters("cellpose-train", { steps: 16 });
 */
export function trainingParameters(modelName: string, parameters: unknown): TrainingParameters {
  const given = checkParameters(modelName, parameters, rules);
  const fromScratch =
    given.pretrained_model === false ||
    (typeof parameters === "object" &&
      parameters !== null &&
      "pretrained_model" in parameters &&
      parameters.pretrained_model === null);
  const [cytoplasm, nucleus] = Array.isArray(given.channels) ? given.channels : [];
  return {
    steps: Number(given.steps ?? 1),
    pretrainedModel: fromScratch ? undefined : String(given.pretrained_model ?? "cyto"),
    resume: given.resume === true,
    modelToken: given.model_token === undefined ? undefined : String(given.model_token),
    channels: cytoplasm === undefined ? undefined : [cytoplasm, nucleus],
    diameter: given.diam_mean === undefined ? undefined : Number(given.diam_mean),
    seed: given.seed === undefined ? undefined : Number(given.seed),
    learningRate: Number(given.learning_rate ?? 3e-4),
    score: given.score === undefined ? undefined : Number(given.score),
    modelFormat: given.model_format === "bioimageio" ? "bioimageio" : "onnx",
  };
}

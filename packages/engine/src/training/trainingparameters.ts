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
  diameter: numberFrom(0, 10_000),
  seed: wholeFrom(0, 2 ** 32 - 1),
  learning_rate: numberFrom(1e-6, 0.1),
  model_format: {
    accepts: (value) => value === "onnx" || value === "bioimageio",
    requirement: '"onnx" or "bioimageio"',
  },
};

/** How a model is trained, with the defaults of what was left out. */
export interface TrainingParameters {
  /** Iterations on the sample, 1 to 128. */
  readonly steps: number;
  /** What the weights start from; undefined: random. */
  readonly pretrainedModel: string | undefined;
  /** Whether to go on with a model that exists. */
  readonly resume: boolean;
  /** Whoever changes the model must know it; undefined: anybody may. */
  readonly modelToken: string | undefined;
  /** [cytoplasm, nucleus], 0 = mean of all, or no nucleus; 1 = the first. */
  readonly channels: readonly [number, number];
  /** Diameter in pixels of the network that objects are brought to; undefined: as the network is used to. */
  readonly diameter: number | undefined;
  readonly seed: number;
  readonly learningRate: number;
  readonly modelFormat: "onnx" | "bioimageio";
}

/**
 * Check the parameters of a training, as they came; null counts as left out, but `pretrained_model: null` starts from
 * random weights.
 *
 * @param modelName e.g. `cellpose-train`, for messages
 * @throws {TypeError | RangeError} that names the parameter
 */
export function trainingParameters(modelName: string, parameters: unknown): TrainingParameters {
  const given = checkParameters(modelName, parameters, rules);
  const fromScratch =
    given.pretrained_model === false ||
    (typeof parameters === "object" &&
      parameters !== null &&
      "pretrained_model" in parameters &&
      parameters.pretrained_model === null);
  const optionalText = (value: unknown) => (value === undefined ? undefined : String(value));
  const [cytoplasm, nucleus] = Array.isArray(given.channels) ? given.channels : [1, 2];
  return {
    steps: Number(given.steps ?? 1),
    pretrainedModel: fromScratch ? undefined : String(given.pretrained_model ?? "cyto"),
    resume: given.resume === true,
    modelToken: optionalText(given.model_token),
    channels: [cytoplasm, nucleus],
    diameter: given.diam_mean === undefined ? undefined : Number(given.diam_mean),
    seed: Number(given.seed ?? 0),
    learningRate: Number(given.learning_rate ?? 1e-3),
    modelFormat: given.model_format === "bioimageio" ? "bioimageio" : "onnx",
  };
}

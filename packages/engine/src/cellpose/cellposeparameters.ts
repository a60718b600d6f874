import { cellposeDefaults } from "../defaults";
import { checkParameters, numberFrom, type ParameterRule } from "../parameters";

/** cellpose's names of models; the bundled network answers to all, and says so. */
const modelTypes = ["nuclei", "cyto", "cyto2", "cyto3"];

const rules: Record<string, ParameterRule> = {
  diameter: {
    accepts: (value) => value === 0 || numberFrom(1, 10000).accepts(value),
    requirement: "a number of pixels from 1 to 10000, or 0 to estimate it",
  },
  channels: {
    accepts: (value) =>
      Array.isArray(value) &&
      value.length === 2 &&
      value.every((channel) => Number.isInteger(channel) && channel >= 0),
    requirement: "two channel numbers, [cytoplasm, nucleus], 0 = the mean of all, 1 = the first",
  },
  flow_threshold: numberFrom(0, 4),
  cellprob_threshold: numberFrom(-20, 20),
  min_size: numberFrom(-1, 1e9),
  normalize: { accepts: (value) => typeof value === "boolean", requirement: "true or false" },
};

/** The bundled model's own. */
const bundledRules: Record<string, ParameterRule> = {
  ...rules,
  model_type: {
    accepts: (value) => typeof value === "string" && modelTypes.includes(value),
    requirement: `among ${modelTypes.join(", ")}`,
  },
};

/** cellpose's parameters, checked, with their defaults. */
export interface CellposeParameters {
  /** Undefined: to be estimated. */
  readonly diameter: number | undefined;
  /** [cytoplasm, nucleus], 0 = mean of all, 1 = the first. */
  readonly channels: readonly [number, number];
  readonly modelType: string | undefined;
  readonly flowThreshold: number;
  readonly cellProbabilityThreshold: number;
  readonly minSize: number;
  readonly normalize: boolean;
}

/**
 * Check what a caller gave.
 *
 * @param isBundled whether it is for the bundled model
 * @param defaultChannels the model's, where the caller gave none
 * @throws {TypeError | RangeError} that names the model and the parameter
 */
export function cellposeParameters(
  modelName: string,
  parameters: unknown,
  isBundled: boolean,
  defaultChannels: readonly [number, number] = [1, 2],
): CellposeParameters {
  const given = checkParameters(modelName, parameters, isBundled ? bundledRules : rules);
  const number = (name: keyof typeof cellposeDefaults) => Number(given[name] ?? cellposeDefaults[name]);
  const [cytoplasm, nucleus] = Array.isArray(given.channels) ? given.channels : defaultChannels;
  return {
    diameter: Number(given.diameter ?? 0) || undefined,
    channels: [cytoplasm, nucleus],
    modelType: given.model_type === undefined ? undefined : String(given.model_type),
    flowThreshold: number("flow_threshold"),
    cellProbabilityThreshold: number("cellprob_threshold"),
    minSize: number("min_size"),
    normalize: given.normalize !== false,
  };
}

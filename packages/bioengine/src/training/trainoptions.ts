import type { NdArray } from "@bioengine/ndarray";
import type { CallOptions } from "@bioengine/triton";
import type { ModelName } from "../modelname";

/** How a model is trained, and where. */
export interface TrainOptions extends CallOptions {
  /** URL of a Triton server that serves the training model; default: the embedded engine. */
  serverUrl?: string;
  /** `"cellpose-train"` (default) or `"stardist-train"`. */
  modelName?: ModelName<"cellpose-train" | "stardist-train">;
  /** What the weights start from: `"cyto"` (default), `"nuclei"`, the id of a trained model, or null: random ones. */
  pretrainedModel?: string | null;
  /** Protects the model: whoever trains it further must know it. Default: anybody may. */
  modelToken?: string;
  /** How often each image is learnt from, default 10. */
  epochs?: number;
  /** Iterations on an image in each epoch, 1 to 128, default 5. */
  steps?: number;
  /** Whether to go on with a model that exists, default true; false: the id must be new. */
  resume?: boolean;
  /**
   * [cytoplasm, nucleus] of colour images, 1 = the first channel, 0 = the mean of all, or no nucleus; default: gray
   * images have no nucleus channel, others [1, 2].
   */
  channels?: readonly [number, number];
  /**
   * Diameter in pixels that the network sees the objects at, 5 to 200; default: what the bundled one knows, 17 for
   * cellpose, and for StarDist their own size, or 28 if they are very small or large.
   */
  diamMean?: number;
  /** Of the random crops: the same seed gives the same model. Default 0. */
  seed?: number;
  /** Of Adam, default 0.0003. */
  learningRate?: number;
  /**
   * Pairs that are not learnt from: their F1 at IoU 0.5 is measured after each epoch, and the model of the best one is
   * kept. Default: none.
   */
  validation?: readonly (readonly NdArray[])[];
  /** File that is saved at the end: `"onnx"` (default), or `"bioimageio"`, a package of bioimage.io. */
  modelFormat?: "onnx" | "bioimageio";
  /** Folder that the file is saved in, default: the current one. */
  outputDir?: string;
  /** Called after each epoch. */
  onEpoch?: (epoch: TrainingEpoch) => void;
  /** Longest time for each request of the training in ms; default: none. */
  timeoutMs?: number;
}

/** How an epoch went. */
export interface TrainingEpoch {
  /** From 1. */
  readonly epoch: number;
  /** Mean over the images. */
  readonly loss: number;
  /** F1 on the validation images at IoU 0.5, 0 to 1. */
  readonly f1?: number;
}

export const trainOptionNames: readonly string[] = [
  ...(["serverUrl", "modelName", "pretrainedModel", "modelToken", "epochs", "steps", "resume"] as const),
  ...(["channels", "diamMean", "seed", "learningRate", "validation", "modelFormat", "outputDir"] as const),
  ...(["onEpoch", "headers", "token", "query", "tls", "retries", "signal", "timeoutMs"] as const),
] satisfies (keyof TrainOptions)[];

/** @throws {RangeError} if it is no id that a server can take */
export function checkModelId(modelId: unknown): void {
  const isNumber = typeof modelId === "number" && Number.isSafeInteger(modelId) && modelId > 0;
  if (isNumber || (typeof modelId === "string" && modelId !== "")) return;
  const got = modelId === "" ? '""' : String(modelId);
  throw new RangeError(`Cannot train: modelId must be a whole number above 0 or a text, got ${got}`);
}

/** @throws {RangeError} if an option is wrong that the server doesn't check, or only at the end */
export function checkTrainOptions(
  {
    epochs = 10,
    steps = 5,
    modelName = "cellpose-train",
    modelFormat = "onnx",
    pretrainedModel,
    outputDir,
  }: TrainOptions,
  action: string,
): void {
  const refuse = (name: string, requirement: string, got: unknown) => {
    throw new RangeError(
      `Cannot ${action}: ${name} must be ${requirement}, got ${typeof got === "string" ? got : JSON.stringify(got)}`,
    );
  };
  if (!Number.isInteger(epochs) || epochs < 1 || epochs > 10_000) {
    refuse("epochs", "a whole number from 1 to 10000", JSON.stringify(epochs) ?? `${epochs}`);
  }
  if (!Number.isInteger(steps) || steps < 1 || steps > 128) {
    refuse(
      "steps",
      "a whole number from 1 to 128",
      `${JSON.stringify(steps)}; train longer with more epochs`,
    );
  }
  if (!/^(cellpose|stardist)-train$/.test(modelName)) {
    refuse("modelName", '"cellpose-train" or "stardist-train"', JSON.stringify(modelName));
  }
  if (pretrainedModel !== undefined && pretrainedModel !== null && typeof pretrainedModel !== "string") {
    refuse("pretrainedModel", 'a model\'s name such as "cyto", or null', pretrainedModel);
  }
  if (!["onnx", "bioimageio"].includes(modelFormat)) {
    refuse("modelFormat", '"onnx" or "bioimageio"', JSON.stringify(modelFormat));
  }
  if (outputDir !== undefined && typeof outputDir !== "string")
    refuse("outputDir", "a folder's path", outputDir);
}

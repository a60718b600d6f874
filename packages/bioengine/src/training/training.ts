import type { NdArray } from "@bioengine/ndarray";
import { type CallOptions, execute, type Inputs, type Results, SequenceExecutor } from "@bioengine/triton";
import type { ModelSample } from "./samples";
import type { TrainOptions } from "./trainoptions";

/** What a training model says after a request. */
export interface TrainingInfo {
  readonly loss: number | null;
  readonly iterations?: number;
  readonly model_files?: readonly string[];
  /** Why it stopped before its time. */
  readonly stopped?: string;
}

/** A training on a server: what is sent, and what comes back. */
export class Training {
  private readonly sequence: SequenceExecutor;

  /** @param calls holds for every request */
  constructor(
    private readonly serverUrl: string,
    private readonly modelId: number | string,
    private readonly options: TrainOptions & { readonly channels: readonly [number, number] },
    private readonly calls: CallOptions,
  ) {
    const { modelName = "cellpose-train" } = options;
    const executor = { ...calls, serverUrl, modelName, sequenceId: modelId, decodeJson: true };
    this.sequence = new SequenceExecutor(executor);
  }

  /**
   * Learn from an image.
   *
   * @param score of the model as it is before, if it was measured
   */
  async step(
    { image, labels }: ModelSample,
    score: number | undefined,
    signal: AbortSignal,
  ): Promise<TrainingInfo> {
    const { steps = 5, pretrainedModel = "cyto", diamMean, seed, learningRate } = this.options;
    const parameters = {
      ...this.common(score),
      steps,
      pretrained_model: pretrainedModel,
      ...(diamMean !== undefined && { diam_mean: diamMean }),
      ...(seed !== undefined && { seed }),
      ...(learningRate !== undefined && { learning_rate: learningRate }),
    };
    const results = await this.sequence.step([image, labels, parameters], {
      selectOutputs: ["info"],
      signal,
    });
    return infoOf(results);
  }

  /** End the training. The image is sent without objects, which no server learns from, as the protocol wants some. */
  async end(
    { image, labels }: ModelSample,
    score: number | undefined,
  ): Promise<{ info: TrainingInfo; file: Uint8Array }> {
    const { modelFormat } = this.options;
    const parameters = {
      ...this.common(score),
      ...(modelFormat !== undefined && { model_format: modelFormat }),
    };
    const nothing = labels.multiply(0).astype("uint16");
    const inputs: Inputs = [image, nothing, { ...parameters, resume: true }];
    const results = await this.sequence.end({ inputs, selectOutputs: ["model", "info"] });
    const [file]: unknown[] = results.model;
    if (!(file instanceof Uint8Array) || file.length === 0) {
      throw new TypeError(
        `Cannot train ${this.modelId}: the server must give the model at the end, got none`,
      );
    }
    return { info: infoOf(results), file };
  }

  /** Mask `[y, x]` of an image by the model as it is now, or by another that was trained. */
  async predict(
    image: NdArray,
    signal: AbortSignal,
    modelId: number | string = this.modelId,
  ): Promise<NdArray> {
    const { modelName = "cellpose-train", channels } = this.options;
    const { mask } = await execute({
      ...this.calls,
      serverUrl: this.serverUrl,
      modelName: modelName.replace("-train", "-predict"),
      inputs: [image, { model_id: String(modelId), ...(modelName.startsWith("cellpose") && { channels }) }],
      selectOutputs: ["mask"],
      // BioEngine's own knows the model by the sequence.
      ...{ sequenceId: modelId, sequenceStart: true, sequenceEnd: true },
      signal,
    });
    return mask.ndim === 3 ? mask.at(0) : mask;
  }

  private common(score: number | undefined): Record<string, unknown> {
    const { modelToken, channels, resume = true } = this.options;
    return { resume, model_token: modelToken ?? null, channels, ...(score !== undefined && { score }) };
  }
}

function infoOf({ info }: Results): TrainingInfo {
  const [first]: unknown[] = Array.isArray(info) ? info : [];
  if (typeof first === "object" && first !== null && "loss" in first) return first as TrainingInfo;
  throw new TypeError(
    `Cannot train: the server must answer with info that has a loss, got ${JSON.stringify(info)}`,
  );
}

import {
  type LearningCurve,
  type LiveLearningCurve,
  learningCurve,
  watchInterrupt,
} from "@bioengine/display";
import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { ConnectionError, callOptionsOf, HttpError } from "@bioengine/triton";
import { onEmbeddedEngine } from "../embedded";
import { segment } from "../segment";
import { makeModelFolder, saveModel } from "./modelfile";
import { type ModelSample, type ModelSamples, modelSamples } from "./samples";
import { Training, type TrainingInfo } from "./training";
import { checkModelId, checkTrainOptions, type TrainOptions, trainOptionNames } from "./trainoptions";
import { scoreOf } from "./validation";

/** Networks that come with the server, of which cellpose's have several names; other names are of trained models. */
const bundledNames = /^(cyto\d?|nuclei|stardist)$/;

/** A model after its training. */
export interface TrainedModel {
  /** By which the server serves it: `execute({ modelName: modelId, … })`. */
  readonly modelId: string;
  /** Mean loss of each epoch. */
  readonly losses: readonly number[];
  /** F1 at IoU 0.5 on the validation images before the training; undefined if it isn't known. */
  readonly before?: number;
  /** That F1 after each epoch; undefined without validation images. */
  readonly validation?: readonly number[];
  /**
   * The epoch that the model is kept of, the first of those with the best F1; 0: as it was before. Undefined without
   * validation images, or if none was measured.
   */
  readonly epoch?: number;
  /** Of the whole training of the model, earlier calls included; undefined if the server doesn't say. */
  readonly iterations?: number;
  /** Path of the file with the model. */
  readonly file: string;
  /** Why it ended early; undefined if it didn't. */
  readonly stopped?: string;
  readonly milliseconds: number;
}

/**
 * Fine-tune a network on a few annotated images, watch it learn, and save it.
 *
 * In a notebook a picture shows loss, validation and the time left. The stop button, or `signal`, ends the training and
 * keeps what was learnt. So does a loss that is not finite. With validation images the model is kept as it was after its
 * best epoch, else as it is in the end. One that exists is trained further.
 *
 * @param modelId of the new model, by which the server then serves it: a whole number above 0, or letters, digits,
 *   underscores, dots and dashes; one that exists is trained further
 * @param samples pairs of an image, `[y, x]` or `[y, x, c]`, any range, and its labels, `[y, x]`, 0 = background; not
 *   modified
 * @param options.epochs how often each image is learnt from, default 10, each time for `options.steps` iterations,
 *   default 5
 * @param options.validation pairs that are not learnt from, to see what it is worth, and to keep its best epoch
 * @returns the losses and scores of each epoch, and where the file is
 * @throws {TypeError | RangeError} if a sample can't be learnt from; names it, and what to write
 * @throws {HttpError} if the server refuses, e.g. a wrong `modelToken`
 * @throws the signal's reason if it is aborted before anything was learnt
 * @example
 * const trained = await train("membranes", samples, { epochs: 10, validation: others });
 * const { mask } = await execute({ inputs: [image.expandDims(0).astype("float32"), {}], modelName: trained.modelId });
 */
export async function train(
  modelId: number | string,
  samples: readonly (readonly NdArray[])[],
  options: TrainOptions = {},
): Promise<TrainedModel> {
  checkModelId(modelId);
  const action = `train ${modelId}`;
  checkOptions({ action, options: trainOptionNames }, options);
  checkTrainOptions(options, action);
  const prepared = modelSamples(samples, "samples", action);
  const { validation } = options;
  const unseen = validation && modelSamples(validation, "validation", action).samples;
  await makeModelFolder(options.outputDir ?? ".", action);
  const run = (serverUrl: string) => new Run(serverUrl, modelId, prepared, unseen, options).run();
  return options.serverUrl === undefined ? onEmbeddedEngine(action, run) : run(options.serverUrl);
}

/** One call of `train`. */
class Run {
  private readonly started = performance.now();
  private readonly epochs: number;
  private readonly training: Training;
  private readonly losses: number[] = [];
  private readonly scores: number[] = [];
  private before: number | undefined;
  private iterations: number | undefined;
  /** Iterations of the whole training before the first epoch, and after each, if the server says. */
  private readonly iterationsByEpoch: (number | undefined)[] = [];
  /** Of the model as it is, until the server was told. */
  private score: number | undefined;
  private hasAsked = false;
  private steps = 0;

  constructor(
    private readonly serverUrl: string,
    private readonly modelId: number | string,
    private readonly prepared: ModelSamples,
    private readonly unseen: readonly ModelSample[] | undefined,
    private readonly options: TrainOptions,
  ) {
    this.epochs = options.epochs ?? 10;
    const { channels = prepared.channels } = options;
    const { signal, ...calls } = callOptionsOf(options);
    this.training = new Training(serverUrl, modelId, { ...options, channels }, calls);
  }

  async run(): Promise<TrainedModel> {
    const interrupt = watchInterrupt();
    const stop = new AbortController();
    const { signal } = this.options;
    const abort = () => stop.abort(signal?.aborted ? signal.reason : interrupt.signal.reason);
    for (const one of [signal, interrupt.signal]) {
      if (one?.aborted) abort();
      one?.addEventListener("abort", abort);
    }
    // What is refused at once leaves no empty picture behind.
    let live: LiveLearningCurve | undefined;
    const show = (status: string) => {
      const curve = this.curve(status);
      if (live !== undefined) live.update(curve);
      else if (this.steps > 0 || performance.now() - this.started > patienceMs) live = learningCurve(curve);
    };
    try {
      const stopped = await this.learn(stop.signal, show);
      const trained = await this.end(stopped);
      live ??= learningCurve(this.curve("done"));
      live.finish(this.curve(this.summary(trained)));
      return trained;
    } catch (error) {
      const { aborted, reason } = stop.signal;
      // The server refuses to end what hasn't begun.
      const isUnlearnt = aborted && this.steps === 0 && (error === reason || error instanceof HttpError);
      const told = isUnlearnt ? reason : inOurWords(error, `train ${this.modelId}`);
      const status = isUnlearnt ? "stopped before anything was learnt" : `failed: ${reasonOf(told)}`;
      live?.finish(this.curve(status));
      throw told;
    } finally {
      interrupt.end();
      signal?.removeEventListener("abort", abort);
    }
  }

  /** @returns why it ended early, if it did */
  private async learn(signal: AbortSignal, show: (status: string) => void): Promise<string | undefined> {
    const { samples } = this.prepared;
    const early = () => `stopped after ${this.losses.length} of ${this.epochs} epochs`;
    try {
      if (this.unseen) show("measuring what it starts from");
      this.before = await this.scoreBefore(signal);
      this.score = this.before;
      for (let epoch = 1; epoch <= this.epochs; epoch++) {
        let sum = 0;
        for (const sample of samples) {
          show(`epoch ${epoch} of ${this.epochs}${this.goingOn()}${this.timeLeft()}`);
          signal.throwIfAborted();
          this.hasAsked = true;
          const info = await this.training.step(sample, this.score, signal);
          this.score = undefined;
          this.note(info);
          if (info.loss === null || !Number.isFinite(info.loss)) {
            return `${early()}: ${info.stopped ?? `the loss must be finite, got ${info.loss}`}`;
          }
          sum += info.loss;
        }
        this.losses.push(sum / samples.length);
        this.iterationsByEpoch[epoch] = this.iterations;
        if (this.unseen) {
          this.score = await scoreOf(this.unseen, (image) => this.training.predict(image, signal));
          this.scores.push(this.score);
        }
        this.options.onEpoch?.({ epoch, loss: sum / samples.length, f1: this.scores.at(-1) });
      }
    } catch (error) {
      if (!this.hasAsked || !signal.aborted || error !== signal.reason) throw error;
      return early();
    }
    return undefined;
  }

  private note({ iterations }: TrainingInfo): void {
    this.steps++;
    if (iterations === undefined) return;
    this.iterations = iterations;
    this.iterationsByEpoch[0] ??= iterations - (this.options.steps ?? 5);
  }

  /** Score of what the training starts from; undefined if the server can't tell. */
  private async scoreBefore(signal: AbortSignal): Promise<number | undefined> {
    const { unseen } = this;
    if (unseen === undefined) return undefined;
    const score = (predict: Parameters<typeof scoreOf>[1]) =>
      scoreOf(unseen, predict).catch((error: unknown) => {
        if (error instanceof HttpError) return undefined;
        throw error;
      });
    const {
      pretrainedModel = "cyto",
      modelName = "cellpose-train",
      channels = this.prepared.channels,
    } = this.options;
    const known = await score((image) => this.training.predict(image, signal));
    if (known !== undefined || pretrainedModel === null) return known;
    if (!bundledNames.test(pretrainedModel)) {
      return score((image) => this.training.predict(image, signal, pretrainedModel));
    }
    const isCellpose = modelName === "cellpose-train";
    return score(async (image) => {
      const { mask } = await segment(image, {
        ...callOptionsOf(this.options),
        serverUrl: this.serverUrl,
        modelName: isCellpose ? "cellpose-python" : "stardist",
        parameters: isCellpose ? { channels } : {},
        signal,
      });
      return mask;
    });
  }

  private async end(stopped: string | undefined): Promise<TrainedModel> {
    const { modelId, losses, before, scores, iterations } = this;
    const { info, file } = await this.training.end(this.prepared.samples[0], this.score);
    const name = info.model_files?.[0] ?? `${modelId}.onnx`;
    const path = await saveModel(this.options.outputDir ?? ".", name, file);
    const epoch = this.unseen && info.iterations ? this.iterationsByEpoch.indexOf(info.iterations) : -1;
    return {
      modelId: String(modelId),
      losses,
      ...(before !== undefined && { before }),
      ...(this.unseen && { validation: scores }),
      ...(epoch >= 0 && { epoch }),
      iterations: info.iterations ?? iterations,
      file: path,
      ...(stopped !== undefined && { stopped }),
      milliseconds: Math.round(performance.now() - this.started),
    };
  }

  private curve(status: string): LearningCurve {
    const { modelId, epochs, losses, scores, before, steps } = this;
    return {
      title: `train ${modelId}`,
      epochs,
      losses: [...losses],
      ...(this.unseen && { validation: [...scores] }),
      before,
      status,
      fraction: steps / (epochs * this.prepared.samples.length),
    };
  }

  private goingOn(): string {
    const [earlier = 0] = this.iterationsByEpoch;
    return earlier > 0 ? ` after ${earlier} earlier iterations` : "";
  }

  private timeLeft(): string {
    if (this.steps === 0) return "";
    const all = this.epochs * this.prepared.samples.length;
    const seconds = (((performance.now() - this.started) / this.steps) * (all - this.steps)) / 1000;
    return `, about ${durationText(seconds)} left`;
  }

  private summary({ stopped, epoch, file, milliseconds }: TrainedModel): string {
    const how = stopped ?? `done in ${durationText(milliseconds / 1000)}`;
    const isLast = epoch === undefined || epoch === this.losses.length;
    const kept = isLast ? "" : `; epoch ${epoch} kept, the best`;
    return `${how}${this.goingOn()}${epoch === 0 ? "; kept as it was before" : kept}; saved as ${file}`;
  }
}

/** How long nothing is shown while nothing is learnt. */
const patienceMs = 1500;

/** The names of a server's parameters, as options of ours. */
const ourNames: Record<string, string> = {
  pretrained_model: "pretrainedModel",
  model_token: "modelToken",
  learning_rate: "learningRate",
  diam_mean: "diamMean",
  "send resume: true to go on with it": "leave out resume: false to go on with it",
};

/**
 * What went wrong with a request of the training as if it were `train`'s own. Made anew, it also has the line of the
 * caller's, which is far above the request's.
 */
function inOurWords(error: unknown, action: string): unknown {
  if (error instanceof HttpError) {
    if (!/^Cannot (train|run|end) /.test(error.serverMessage)) return error;
    const names = new RegExp(Object.keys(ourNames).join("|"), "g");
    return new HttpError(
      error.serverMessage.replace(names, (name) => ourNames[name] ?? name),
      error,
    );
  }
  if (!(error instanceof ConnectionError)) return error;
  const { message, serverUrl, cause } = error;
  return new ConnectionError(message.replace(/^Cannot execute [^:]*:/, `Cannot ${action}:`), serverUrl, {
    cause,
  });
}

const durationText = (seconds: number): string =>
  seconds < 90 ? `${Math.max(1, Math.round(seconds))} s` : `${Math.round(seconds / 60)} min`;

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

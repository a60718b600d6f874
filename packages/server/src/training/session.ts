import { createHash } from "node:crypto";
import {
  type AnnotatedImage,
  GradientNetwork,
  NetworkTraining,
  prepareAnnotatedImage,
  type TrainedKind,
  type TrainingParameters,
  type TrainingSample,
  trainingCropSide,
} from "@bioengine/engine";
import { NdArray } from "@bioengine/ndarray";
import { ProtocolError } from "@bioengine/triton";
import { bioimageioPackage, bioimageioPackageName } from "../package/bioimageiopackage";
import type { ThreadTask } from "../threadside";
import { SampleCache } from "./samplecache";
import { defaultChannels, diameterOf, networkDiameter, TrainingFolder } from "./trainingfolder";
import type { HistoryEntry, TrainedSample, TrainingRecord } from "./trainingrecord";

/** A request of a training, its parameters checked. */
export interface SessionRequest {
  readonly repository: string;
  readonly id: string;
  readonly start: boolean;
  readonly end: boolean;
  /** `[y, x, 3]` float32. */
  readonly image: { readonly shape: readonly number[]; readonly data: Float32Array };
  /** `[y, x, 1]` uint16. */
  readonly labels: { readonly shape: readonly number[]; readonly data: Uint16Array };
  readonly parameters: TrainingParameters;
}

/** How a training is after a request. */
export interface TrainingInfo {
  readonly model_id: string;
  /** Mean of the request's iterations, of the last request that had some; null if it was not finite. */
  readonly loss: number | null;
  /** Of the whole training. */
  readonly iterations: number;
  readonly history_record: readonly HistoryEntry[];
  /** Names for the file that the training gives at its end. */
  readonly model_files: readonly string[];
  /** Count of different images that it has learnt from. */
  readonly images: number;
  /** Mean over them, in pixels; null if there are none. */
  readonly diam_labels: number | null;
  /** Why the request stopped before its steps were done. */
  readonly stopped?: string;
}

export interface SessionAnswer {
  readonly info: TrainingInfo;
  /** Bytes of the file that the training gives, at its end. */
  readonly model?: Uint8Array;
}

/** A model, and what it has come to. */
interface Trained {
  readonly folder: TrainingFolder;
  readonly record: TrainingRecord;
}

/** What a request learns from. */
interface Lesson {
  readonly sample: TrainingSample;
  /** Of the sample. */
  readonly digest: string;
  readonly parameters: TrainingParameters;
}

/**
 * The trainings of one kind of network. All that is learnt lies in the models' folders after each request, and is read
 * from there for the next; here is only what was computed from the latest images.
 */
export class Session {
  private network: Promise<GradientNetwork> | undefined;
  private readonly samples = new SampleCache();

  constructor(private readonly kind: TrainedKind) {}

  /**
   * Train, and keep what was learnt. An end trains on its sample too, unless it has no objects, or is the one before,
   * sent again. If requests told how good the model was, the training ends as it was at its best.
   *
   * @throws {ProtocolError} if the request may not change the model, or there is nothing to end
   * @throws {RangeError} if the sample is none to learn from
   * @throws the signal's reason if it is aborted; what was learnt until then is kept
   */
  async run(request: SessionRequest, task: ThreadTask): Promise<SessionAnswer> {
    const { id, start, end, parameters } = request;
    const folder = new TrainingFolder(request.repository, this.kind, id);
    const known = folder.open(parameters, start);
    if (start) folder.forgetBest();
    if (known !== undefined && parameters.score !== undefined) folder.keepIfBest(known, parameters.score);
    const digest = digestOf(request);
    const isRepeated = !start && known?.header.samples.at(-1)?.digest === digest;
    const hasObjects = request.labels.data.some((label) => label !== 0);
    if (end && (isRepeated || !hasObjects)) {
      if (known !== undefined) return this.answer({ folder, record: known }, request);
      throw notEnded(id, "it must have learnt from a sample with objects, got none");
    }
    const channels = known?.header.channels ?? parameters.channels ?? defaultChannels;
    const sample = this.samples.get(`${digest} ${channels}`, () =>
      prepareAnnotatedImage(this.kind, annotated(request), channels, id),
    );
    const record = known ?? folder.create(parameters);
    const trained = { folder, record };
    if (start) folder.removeUnfinished();
    const stopped = await this.train(trained, { sample, digest, parameters }, task);
    if (end && record.state.iterations === 0) throw notEnded(id, `${stopped}`);
    return this.answer(trained, request, stopped);
  }

  async close(): Promise<void> {
    // One that could not be loaded holds nothing.
    const network = await this.network?.catch(() => undefined);
    await network?.close();
  }

  /** @returns why it stopped early, if it did */
  private async train(
    { folder, record }: Trained,
    { sample, digest, parameters: { steps, learningRate } }: Lesson,
    { signal, onProgress }: ThreadTask,
  ): Promise<string | undefined> {
    const { diameter, seed, history } = record.header;
    this.network ??= GradientNetwork.load(this.kind);
    const training = new NetworkTraining(await this.network, record.state, { diameter, seed, learningRate });
    let [done, sum] = [0, 0];
    let stopped: string | undefined;
    while (done < steps && stopped === undefined && !signal.aborted) {
      const { loss, isGood } = await training.iterate(sample);
      if (isGood) {
        sum += loss;
        onProgress(++done, steps);
      } else {
        const got = Number.isFinite(loss) ? `a gradient that is not, of a loss of ${loss},` : loss;
        stopped = `the loss must be finite, got ${got} in iteration ${record.state.iterations + 1}; the weights are those before it`;
      }
    }
    if (done > 0) {
      remember(record, { digest, diameter: sample.sample.diameter });
      history.push({ iterations: record.state.iterations, loss: sum / done });
      record.example = training.example(sample);
      folder.write(record);
    }
    signal.throwIfAborted();
    return stopped;
  }

  private async answer(
    { folder, record: last }: Trained,
    { end, parameters }: SessionRequest,
    stopped?: string,
  ): Promise<SessionAnswer> {
    const record = end ? folder.settle(last) : last;
    const { id } = folder;
    const { history, samples } = record.header;
    const { iterations } = record.state;
    const isPackage = parameters.modelFormat === "bioimageio";
    const info: TrainingInfo = {
      model_id: id,
      loss: stopped === undefined ? (history.at(-1)?.loss ?? null) : null,
      iterations,
      history_record: history,
      model_files: [isPackage ? bioimageioPackageName({ kind: this.kind, id }) : `${this.kind}-${id}.onnx`],
      images: samples.length,
      diam_labels: samples.length > 0 ? diameterOf(samples) : null,
      ...(stopped !== undefined && { stopped }),
    };
    if (!end) return { info };
    const onnx = folder.onnx(record);
    if (!isPackage) return { info, model: onnx };
    const shape = [record.example.length / trainingCropSide ** 2, trainingCropSide, trainingCropSide];
    const testImage = new NdArray({ dtype: "float32", shape, buffer: record.example });
    const diameter = networkDiameter(record.header);
    const trained = { kind: this.kind, id, onnx, diameter, images: samples.length, iterations, testImage };
    return { info, model: await bioimageioPackage({ ...trained, trainedAt: new Date() }) };
  }
}

function annotated({ image, labels }: SessionRequest): AnnotatedImage {
  return {
    image: new NdArray({ dtype: "float32", shape: image.shape, buffer: image.data }),
    labels: new NdArray({ dtype: "uint16", shape: labels.shape, buffer: labels.data }),
  };
}

const notEnded = (id: string, reason: string): ProtocolError =>
  new ProtocolError(400, `Cannot end the training of ${id}: ${reason}`);

/** Count an image among those of a training, as the latest. */
function remember({ header: { samples } }: TrainingRecord, sample: TrainedSample): void {
  const before = samples.findIndex(({ digest }) => digest === sample.digest);
  if (before >= 0) samples.splice(before, 1);
  samples.push(sample);
}

function digestOf({ image, labels }: SessionRequest): string {
  const hash = createHash("sha256");
  for (const { shape, data } of [image, labels]) {
    hash.update(`${shape}`).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest("hex");
}

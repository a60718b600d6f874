import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  bundledPath,
  cellposeStyleTensor,
  newAdamState,
  randomWeights,
  stardistDefaults,
  type TrainedKind,
  type TrainingParameters,
  trainingDiameter,
  weightsOf,
  withWeights,
} from "@bioengine/engine";
import { ProtocolError } from "@bioengine/triton";
import { isFolder } from "../folder";
import {
  bestName,
  hasRecord,
  isUnfinished,
  readRecord,
  removeUnfinished,
  replaceFile,
  type TrainedSample,
  type TrainingHeader,
  type TrainingRecord,
  writeRecord,
} from "./trainingrecord";

/** Names of networks in cellpose; the bundled one stands for all of them. */
const bundledNames = ["cyto", "cyto2", "cyto3", "nuclei", "stardist"];

/** [cytoplasm, nucleus] where a training names none. */
export const defaultChannels = [1, 2] as const;

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Whether a model of a repository has that folder's name, which may be that of a zip file. */
const isTaken = (folder: string): boolean =>
  existsSync(`${folder}.zip`) || (existsSync(folder) && !(isFolder(folder) && isUnfinished(folder)));

/** The mean of the samples' diameters, in pixels of the image. */
export const diameterOf = (samples: readonly TrainedSample[]): number =>
  samples.reduce((sum, { diameter }) => sum + diameter, 0) / samples.length;

/** A model's folder in the repository, for its training. */
export class TrainingFolder {
  readonly path: string;

  constructor(
    private readonly repository: string,
    private readonly kind: TrainedKind,
    readonly id: string,
  ) {
    this.path = join(repository, id);
  }

  private refuse(status: number, requirement: string): never {
    throw new ProtocolError(status, `Cannot train ${this.id}: ${requirement}`);
  }

  /**
   * What the training goes on from.
   *
   * @param starts whether the request starts the training: a model that exists must then be resumed by intent
   * @returns undefined if there is no such model yet
   * @throws {ProtocolError} 403 if the token is not the model's, 409 if the model may not be gone on with
   */
  open(parameters: TrainingParameters, starts: boolean): TrainingRecord | undefined {
    const { resume, modelToken } = parameters;
    if (!isTaken(this.path)) return undefined;
    if (!hasRecord(this.path)) {
      this.refuse(
        409,
        "the id must be new, got that of a model of the repository that was not trained here; take another",
      );
    }
    const record = readRecord(this.path);
    this.checkToken(record.header, modelToken);
    if (record.header.kind !== this.kind) {
      this.refuse(
        409,
        `the model must be of ${this.kind}'s kind, got one of ${record.header.kind}'s; train it with ${record.header.kind}-train, or take another id`,
      );
    }
    if (starts && !resume) {
      const { iterations } = record.state;
      this.refuse(
        409,
        `the id must be new, got that of a model of ${iterations} iterations; send resume: true to go on with it, or take another id`,
      );
    }
    this.checkSame(record.header, parameters);
    return record;
  }

  /** What a training begins with holds to its end. */
  private checkSame(header: TrainingHeader, parameters: TrainingParameters): void {
    for (const [name, is, got] of [
      ["channels", header.channels, parameters.channels],
      ["diam_mean", header.diameter, parameters.diameter],
      ["seed", header.seed, parameters.seed],
    ] as const) {
      if (got === undefined || `${got}` === `${is}`) continue;
      const requirement = `${name} must be that of the model, ${JSON.stringify(is)}`;
      this.refuse(409, `${requirement}, got ${JSON.stringify(got)}; leave it out, or take another id`);
    }
  }

  private checkToken({ tokenDigest }: TrainingHeader, token: string | undefined): void {
    if (tokenDigest === undefined || (token !== undefined && digest(token) === tokenDigest)) return;
    this.refuse(
      403,
      `model_token must be the one that the model was made with, got ${token === undefined ? "none" : "another"}`,
    );
  }

  /**
   * A new model.
   *
   * @throws {ProtocolError} 400 if the model to start from isn't there; 409 if the id means another network elsewhere
   */
  create(parameters: TrainingParameters): TrainingRecord {
    if (bundledNames.includes(this.id)) {
      this.refuse(409, "the id must be new, got that of a bundled network; take another");
    }
    const { channels = defaultChannels, seed = 0, modelToken, pretrainedModel } = parameters;
    const header: TrainingHeader = {
      format: 1,
      kind: this.kind,
      ...(modelToken !== undefined && { tokenDigest: digest(modelToken) }),
      ...(pretrainedModel !== undefined && { pretrainedModel }),
      channels,
      ...(parameters.diameter !== undefined && { diameter: parameters.diameter }),
      seed,
      samples: [],
      history: [],
    };
    return { header, state: newAdamState(this.firstWeights(parameters)), example: new Float32Array() };
  }

  private firstWeights({ pretrainedModel, seed = 0 }: TrainingParameters): Float32Array {
    const base = readFileSync(bundledPath(this.kind));
    if (pretrainedModel === undefined) return randomWeights(base, seed);
    if (bundledNames.includes(pretrainedModel)) return weightsOf(base);
    const folder = join(this.repository, pretrainedModel);
    if (!/^[\w][\w.-]*$/.test(pretrainedModel) || !hasRecord(folder)) {
      this.refuse(
        400,
        `pretrained_model must be "cyto", "nuclei" or the id of a model that was trained here, got ${pretrainedModel}`,
      );
    }
    const { header, state } = readRecord(folder);
    if (header.kind !== this.kind) {
      this.refuse(
        400,
        `pretrained_model must be of ${this.kind}'s kind, got ${pretrainedModel} of ${header.kind}'s`,
      );
    }
    return state.average;
  }

  /** Remove what a server that was killed has left, if there is something. */
  removeUnfinished(): void {
    if (isFolder(this.path)) removeUnfinished(this.path);
  }

  private get best(): string {
    return join(this.path, bestName);
  }

  /** Keep the training as it is now beside the one that goes on, if it is better than all before. */
  keepIfBest(record: TrainingRecord, score: number): void {
    const best = existsSync(this.best) ? readRecord(this.path, bestName).header.score : undefined;
    if (best !== undefined && best >= score) return;
    writeRecord(this.path, { ...record, header: { ...record.header, score } }, bestName);
  }

  /** Forget what was kept as the best. */
  forgetBest(): void {
    rmSync(this.best, { force: true });
  }

  /** Go back to the best that was kept, if there is one: the training goes on from there. */
  settle(last: TrainingRecord): TrainingRecord {
    if (!existsSync(this.best)) return last;
    const { header, ...parts } = readRecord(this.path, bestName);
    const { score: _, ...plain } = header;
    const best = { ...parts, header: plain };
    if (best.state.iterations !== last.state.iterations) this.write(best);
    this.forgetBest();
    return best;
  }

  /** Bytes of the network as it is now. */
  onnx({ state }: TrainingRecord): Uint8Array {
    return withWeights(readFileSync(bundledPath(this.kind)), state.average);
  }

  /** Keep the training, and the network, which the server serves by the model's id. */
  write(record: TrainingRecord): void {
    writeRecord(this.path, record);
    replaceFile(join(this.path, "config.pbtxt"), configOf(record));
    replaceFile(join(this.path, "1", "model.onnx"), this.onnx(record));
  }
}

/** Diameter in pixels of the network of the objects that a model has learnt. */
export const networkDiameter = ({ kind, diameter, samples }: TrainingHeader): number =>
  diameter ?? trainingDiameter(kind, diameterOf(samples));

/** How much larger the network of StarDist's kind sees the objects. */
const scaleOf = ({ diameter, samples }: TrainingHeader): string =>
  diameter === undefined ? "auto" : (diameter / diameterOf(samples)).toFixed(4);

function configOf({ header, state }: TrainingRecord): string {
  const { kind, samples, channels } = header;
  const typical = diameterOf(samples);
  const thresholds = Object.fromEntries(
    Object.entries(stardistDefaults).map(([key, value]) => [key, `${value}`]),
  );
  const parameters: Record<string, string> =
    kind === "cellpose"
      ? {
          bioengine: kind,
          diameter: `${networkDiameter(header)}`,
          diam_labels: typical.toFixed(2),
          channels: channels.join(","),
          style: cellposeStyleTensor,
        }
      : { bioengine: kind, grid: "2", scale: scaleOf(header), ...thresholds };
  const lines = Object.entries(parameters).map(
    ([key, value]) => `parameters { key: "${key}" value { string_value: "${value}" } }`,
  );
  const images = samples.length === 1 ? "1 image" : `${samples.length} images`;
  return [`# Trained by bioengine: ${state.iterations} iterations on ${images}.`, ...lines, ""].join("\n");
}

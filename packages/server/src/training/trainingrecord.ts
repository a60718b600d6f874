import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AdamState, TrainedKind } from "@bioengine/engine";

/** One request's worth of a training. */
export interface HistoryEntry {
  /** Iterations of the whole training after it. */
  readonly iterations: number;
  /** Mean of its iterations' losses. */
  readonly loss: number;
}

/** An image that a model was trained with. */
export interface TrainedSample {
  /** Of its pixels and labels. */
  readonly digest: string;
  /** Median of its objects, in pixels of the image. */
  readonly diameter: number;
}

/** What is known of a model that is trained here, beside its numbers. */
export interface TrainingHeader {
  readonly format: 1;
  readonly kind: TrainedKind;
  /** SHA-256 of the token that protects it; undefined if none does. */
  readonly tokenDigest?: string;
  readonly pretrainedModel?: string;
  readonly channels: readonly [number, number];
  /** Diameter in pixels of the network that objects are brought to; undefined: as the network is used to. */
  readonly diameter?: number;
  readonly seed: number;
  /** Different ones, in the order in which they last came. */
  readonly samples: TrainedSample[];
  readonly history: HistoryEntry[];
  /** How good it was told to be; only of the best one. */
  readonly score?: number;
}

/** A model under training, from which it can go on at any time. */
export interface TrainingRecord {
  readonly header: TrainingHeader;
  readonly state: AdamState;
  /** A crop of an image that it was trained with, `[c, y, x]`, for the test of its package. */
  example: Float32Array;
}

/** Name of the file in the model's folder. */
const fileName = "training.bin";
/** Name of the file with the training as it was at its best, while it goes on. */
export const bestName = "best.bin";

/** Whether a folder is that of a model that was trained here. */
export const hasRecord = (folder: string): boolean => existsSync(join(folder, fileName));

/**
 * Read a model's record.
 *
 * @throws {Error} if the file is of another kind
 */
export function readRecord(folder: string, name: string = fileName): TrainingRecord {
  const path = join(folder, name);
  const bytes = readFileSync(path);
  const refuse = (): never => {
    throw new Error(
      `Cannot go on with the training: ${path} must be a whole record of this version, got another`,
    );
  };
  const headerLength = bytes.length < 8 ? 0 : bytes.readUInt32LE(0);
  const iterations = bytes.length < 8 ? 0 : bytes.readUInt32LE(4);
  if (headerLength === 0 || headerLength + 8 > bytes.length) refuse();
  const { weightCount, ...header }: TrainingHeader & { weightCount: number } = JSON.parse(
    bytes.toString("utf8", 8, 8 + headerLength),
  );
  const numbers = new Float32Array(new Uint8Array(bytes.subarray(8 + headerLength)).buffer);
  if (header.format !== 1 || numbers.length < 4 * weightCount) refuse();
  const part = (index: number) => numbers.slice(index * weightCount, (index + 1) * weightCount);
  return {
    header,
    state: { iterations, weights: part(0), average: part(1), first: part(2), second: part(3) },
    example: numbers.slice(4 * weightCount),
  };
}

/** Write a model's record in place of the one before; whoever reads it, or is ended, finds one of the two. */
export function writeRecord(
  folder: string,
  { header, state, example }: TrainingRecord,
  name: string = fileName,
): void {
  const text = Buffer.from(JSON.stringify({ ...header, weightCount: state.weights.length }));
  // Padded, so that the numbers lie where a view of them may begin.
  const padded = Buffer.concat([text, Buffer.alloc((4 - (text.length % 4)) % 4, " ")]);
  const start = Buffer.alloc(8);
  start.writeUInt32LE(padded.length, 0);
  start.writeUInt32LE(state.iterations, 4);
  const parts = [state.weights, state.average, state.first, state.second, example];
  const bytes = parts.map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength));
  replaceFile(join(folder, name), Buffer.concat([start, padded, ...bytes]));
}

/** End of the name of a file that is being written, or was when its server was killed. */
const unfinishedEnd = ".unfinished";

/** Write a file in place of the one before, whole or not at all. */
export function replaceFile(path: string, content: Uint8Array | string): void {
  mkdirSync(join(path, ".."), { recursive: true });
  const unfinished = `${path}.${process.pid}${unfinishedEnd}`;
  writeFileSync(unfinished, content);
  renameSync(unfinished, path);
}

/** Whether there is nothing in a folder, or only what a killed server was writing. */
export const isUnfinished = (folder: string): boolean =>
  readdirSync(folder).every((name) => name.endsWith(unfinishedEnd));

/** Remove what a killed server was writing, from a folder and those in it. */
export function removeUnfinished(folder: string): void {
  for (const name of readdirSync(folder, { encoding: "utf8", recursive: true })) {
    if (name.endsWith(unfinishedEnd)) rmSync(join(folder, name), { force: true });
  }
}

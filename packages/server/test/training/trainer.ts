import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type NdArray, ndarray, zeros } from "@bioengine/ndarray";
import { type Results, SequenceExecutor, type SequenceStepOptions } from "@bioengine/triton";
import { onTestFinished } from "vitest";
import { type RunningServer, startServer } from "../../src/server";
import type { TrainingInfo } from "../../src/training/session";

/** `[y, x, 3]` float32, and its labels `[y, x, 1]` uint16. */
export type Sample = readonly [image: NdArray, labels: NdArray];

/** Bright discs 32 px apart, with small nuclei in the second channel, on a ground of noise that repeats. */
export function discs(radius = 9, side = 96): Sample {
  const image = new Float32Array(side * side * 3);
  const labels = new Uint16Array(side * side);
  for (let pixel = 0; pixel < side * side; pixel++) {
    const [y, x] = [Math.floor(pixel / side), pixel % side];
    const far = Math.hypot((y % 32) - 16, (x % 32) - 16);
    const noise = ((pixel * 7919) % 131) / 131;
    image[3 * pixel] = (far < radius ? 40 - far : 5) + noise;
    image[3 * pixel + 1] = (far < radius / 3 ? 30 : 2) + noise;
    image[3 * pixel + 2] = noise;
    if (far < radius) labels[pixel] = 1 + Math.floor(y / 32) * Math.ceil(side / 32) + Math.floor(x / 32);
  }
  return [ndarray(image, [side, side, 3]), ndarray(labels, [side, side, 1])];
}

/** A sample with nothing in it: how a training is ended without one. */
export const nothing: Sample = [zeros([0, 0, 3], "float32"), zeros([0, 0, 1], "uint16")];

/** A server that keeps what is trained in a folder; it ends with the test. */
export async function serveTrainings(modelRepository: string): Promise<RunningServer> {
  const server = await startServer({ modelRepository });
  onTestFinished(() => server.close());
  return server;
}

export interface Trainer {
  step(sample: Sample, parameters?: object, options?: SequenceStepOptions): Promise<TrainingInfo>;
  /** @param sample a last one; default: none */
  end(sample?: Sample, parameters?: object): Promise<{ info: TrainingInfo; model: Uint8Array }>;
}

/** A model's training on a server. @param shared parameters of all its steps */
export function trainer(
  serverUrl: string,
  sequenceId: number | string,
  shared: object = {},
  kind: "cellpose" | "stardist" = "cellpose",
): Trainer {
  const executor = new SequenceExecutor({
    ...{ serverUrl, modelName: `${kind}-train`, sequenceId, decodeJson: true },
  });
  const infoOf = ({ info }: Results): TrainingInfo => info[0];
  return {
    async step([image, labels], parameters = {}, options = {}) {
      const inputs = { image, labels, param: { ...shared, ...parameters } };
      return infoOf(await executor.step(inputs, { selectOutputs: ["info"], ...options }));
    },
    async end(sample, parameters = {}) {
      const [image, labels] = sample ?? [];
      const inputs = sample && { image, labels, param: { ...shared, ...parameters } };
      const results = await executor.end({ inputs });
      return { info: infoOf(results), model: results.model[0] };
    },
  };
}

/** The losses of a training's steps. */
export const losses = ({ history_record }: TrainingInfo): number[] => history_record.map(({ loss }) => loss);

/** The bytes of all files in a folder, by their path. */
export function filesIn(folder: string): Map<string, Buffer> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return new Map(paths.sort().map((path) => [path, readFileSync(path)]));
}

/** What tells all files in a folder from others, to compare it soon. */
export const digestsIn = (folder: string): [path: string, digest: string][] =>
  [...filesIn(folder)].map(([path, bytes]) => [path, createHash("sha256").update(bytes).digest("hex")]);

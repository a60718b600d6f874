import { createHash } from "node:crypto";
import { workerData } from "node:worker_threads";
import {
  type BioimageioModel,
  checkBioimageioNetwork,
  loadNetwork,
  type Network,
  runBioimageio,
} from "@bioengine/engine";
import { type DType, NdArray, type TypedArray } from "@bioengine/ndarray";
import { answerRequests, type ThreadResult } from "../threadside";
import { ownedBuffers } from "../transfer";
import { type PackageFiles, readPackageFile } from "./packagefiles";

/** A package to run in a thread. */
export interface ThreadPackage {
  readonly name: string;
  readonly model: BioimageioModel;
  readonly files: PackageFiles;
}

/** Numbers on their way to a thread or back. */
export interface ThreadNumbers {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: TypedArray;
}

const { name, model, files } = workerData as ThreadPackage;
let loading: Promise<Network> | undefined;

async function load(): Promise<Network> {
  const bytes = readPackageFile(files, model.weights);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (model.sha256 !== undefined && sha256 !== model.sha256) {
    throw new Error(
      `${model.weights} must have the sha256 of the description, ${model.sha256}, got ${sha256}`,
    );
  }
  const network = await loadNetwork(bytes);
  checkBioimageioNetwork(model, network);
  return network;
}

/** Run the package; no inputs: only load it. */
async function run(inputs: readonly ThreadNumbers[] | undefined): Promise<ThreadResult<ThreadNumbers[]>> {
  loading ??= load();
  const network = await loading;
  if (inputs === undefined) return { answer: [] };
  const arrays = inputs.map((input) => new NdArray({ ...input, buffer: input.data }));
  const outputs = await runBioimageio(name, model, network, arrays);
  const answer = outputs.map(({ dtype, shape, data }) => ({ dtype, shape, data }));
  return { answer, transfer: ownedBuffers(answer.map(({ data }) => data)) };
}

answerRequests(run, async () => {
  // One that could not be loaded holds nothing.
  const network = await loading?.catch(() => undefined);
  await network?.close();
});

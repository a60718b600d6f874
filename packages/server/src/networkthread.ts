import { workerData } from "node:worker_threads";
import { loadMixedNetwork, type Network, type StringArray } from "@bioengine/engine";
import { type DType, NdArray, type TypedArray } from "@bioengine/ndarray";
import { answerRequests, type ThreadResult } from "./threadside";
import { ownedBuffers } from "./transfer";

/** A network to run in a thread. */
export interface ThreadNetwork {
  /** Of the ONNX file. */
  readonly path: string;
  /** Processors that a run may use; all if undefined. */
  readonly threads: number | undefined;
}

/** An array on its way to a thread or back. */
export type ThreadArray =
  | { readonly dtype: DType; readonly shape: readonly number[]; readonly data: TypedArray }
  | StringArray;

/** Inputs or outputs of a network, by name; no inputs: only load it. */
export type ThreadArrays = Readonly<Record<string, ThreadArray>>;

/** The numbers of an array; undefined of strings. */
const numbersOf = (array: ThreadArray): TypedArray | undefined =>
  array.dtype === "string" ? undefined : array.data;

const { path, threads } = workerData as ThreadNetwork;
let loading: Promise<Network<NdArray | StringArray>> | undefined;

async function run(inputs: ThreadArrays | undefined): Promise<ThreadResult<ThreadArrays>> {
  loading ??= loadMixedNetwork(path, { threads });
  const network = await loading;
  if (inputs === undefined) return { answer: {} };
  const values: Record<string, NdArray | StringArray> = {};
  for (const [name, array] of Object.entries(inputs)) {
    values[name] = array.dtype === "string" ? array : new NdArray({ ...array, buffer: array.data });
  }
  const answer: Record<string, ThreadArray> = {};
  for (const [name, value] of Object.entries(await network.run(values))) {
    const { dtype, shape } = value;
    answer[name] = dtype === "string" ? value : { dtype, shape, data: value.data };
  }
  return { answer, transfer: ownedBuffers(Object.values(answer).map(numbersOf)) };
}

answerRequests(run, async () => {
  // One that could not be loaded holds nothing.
  const network = await loading?.catch(() => undefined);
  await network?.close();
});

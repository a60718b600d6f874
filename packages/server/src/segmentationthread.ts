import { readFile } from "node:fs/promises";
import { workerData } from "node:worker_threads";
import {
  type CellposeModel,
  loadNetwork,
  type Network,
  type Segmented,
  type StardistModel,
  segmentCellpose,
  segmentStardist,
  withOutput,
} from "@bioengine/engine";
import { type DType, NdArray, type TypedArray } from "@bioengine/ndarray";
import { answerRequests, type ThreadResult, type ThreadTask } from "./threadside";
import { ownedBuffers } from "./transfer";

/** The network of a segmentation that doesn't come with the engine, by the path of its ONNX file. */
type Custom<Model> = Omit<Model, "network"> & { readonly path: string };

/** What a thread segments with. Without `custom`: the network that comes with the engine. */
export type Segmentation =
  | { readonly kind: "cellpose"; readonly custom?: Custom<CellposeModel> }
  | { readonly kind: "stardist"; readonly custom?: Custom<StardistModel> };

/** An image on its way to a thread. */
export interface ThreadRequest {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: TypedArray;
  readonly parameters: unknown;
}

/** A mask on its way back. */
export interface ThreadAnswer {
  readonly dtype: "uint16" | "uint32";
  readonly shape: readonly number[];
  readonly data: Uint16Array | Uint32Array;
  readonly style: Float32Array | undefined;
  readonly info: Readonly<Record<string, unknown>>;
}

const segmentation = workerData as Segmentation;
let loading: Promise<Network> | undefined;

async function segment(image: NdArray, parameters: unknown, task: ThreadTask): Promise<Segmented> {
  if (segmentation.custom === undefined) {
    return segmentation.kind === "cellpose"
      ? segmentCellpose(image, parameters, task)
      : segmentStardist(image, parameters, task);
  }
  loading ??= load(segmentation);
  const network = await loading;
  const segmented =
    segmentation.kind === "cellpose"
      ? await segmentCellpose(image, parameters, { ...task, model: { ...segmentation.custom, network } })
      : await segmentStardist(image, parameters, { ...task, model: { ...segmentation.custom, network } });
  return { ...segmented, info: { ...segmented.info, model_type: segmentation.custom.name } };
}

async function load({ kind, custom }: Segmentation): Promise<Network> {
  if (custom === undefined) throw new TypeError("a network must have a path");
  if (kind === "stardist" || custom.style === undefined) return loadNetwork(custom.path);
  return loadNetwork(withOutput(await readFile(custom.path), custom.style));
}

async function answer(request: ThreadRequest, task: ThreadTask): Promise<ThreadResult<ThreadAnswer>> {
  const { dtype, shape, data, parameters } = request;
  const { mask, style, info } = await segment(new NdArray({ dtype, shape, buffer: data }), parameters, task);
  const labels = mask.data;
  return {
    answer: { dtype: mask.dtype, shape: mask.shape, data: labels, style: style?.data, info },
    transfer: ownedBuffers([labels]),
  };
}

answerRequests(answer, async () => {
  // One that could not be loaded holds nothing.
  const network = await loading?.catch(() => undefined);
  await network?.close();
});

import { parentPort, workerData } from "node:worker_threads";
import { segmentCellpose, segmentStardist } from "@bioengine/engine";
import { type DType, NdArray, type TypedArray } from "@bioengine/ndarray";

/** The function of the engine that a thread runs. */
export type SegmentationName = "segmentCellpose" | "segmentStardist";

/** An image on its way to a thread. */
export interface ThreadRequest {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: TypedArray;
  readonly parameters: unknown;
}

/** What comes back from a thread. */
export type ThreadAnswer =
  | {
      readonly mask: { readonly shape: readonly number[]; readonly data: Uint16Array };
      readonly info: Readonly<Record<string, unknown>>;
    }
  | { readonly error: unknown };

const segment = { segmentCellpose, segmentStardist }[workerData as SegmentationName];

async function answer({ dtype, shape, data, parameters }: ThreadRequest): Promise<ThreadAnswer> {
  try {
    const { mask, info } = await segment(new NdArray({ dtype, shape, buffer: data }), parameters);
    return { mask: { shape: mask.shape, data: mask.data }, info };
  } catch (error) {
    return { error };
  }
}

parentPort?.on("message", async (request: ThreadRequest) => {
  parentPort?.postMessage(await answer(request));
});

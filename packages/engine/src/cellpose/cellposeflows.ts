import type { NdArray } from "@bioengine/ndarray";
import { crop, type Plane, pad } from "../plane";
import { runOnPlanes } from "../planesrun";
import { fromNetwork, type Span, toNetwork } from "../span";
import type { CellposeModel } from "./cellposemodel";

/** What the network says of each pixel. */
export interface CellposeFlows {
  /** `[2, y, x]` five times the flow, y before x. */
  readonly flows: Float32Array;
  /** `[y, x]` logit of the cell probability. */
  readonly probability: Float32Array;
  /** `[c]` mean of the features; undefined if the model has none. */
  readonly style: Float32Array | undefined;
}

/**
 * Run a cellpose network on a part of an image, rescaled.
 *
 * @param planes cytoplasm and nucleus of that part, percentiles stretched to 0 .. 1
 * @param rows of the image
 * @param columns of the image
 * @returns the flows at the image's own scale
 */
export async function cellposeFlows(
  { network, step, style }: CellposeModel,
  planes: readonly Plane[],
  rows: Span,
  columns: Span,
): Promise<CellposeFlows> {
  const scaled = planes.map((plane) => toNetwork(plane, rows, columns));
  const [{ height, width }] = scaled;
  const padded = scaled.map((plane) => pad(plane, step));
  const [{ height: paddedHeight, width: paddedWidth }] = padded;
  const results = await runOnPlanes(network, padded);
  const output = results[network.outputs[0].name].astype("float32").data;
  const size = paddedHeight * paddedWidth;
  const [y, x, probability] = [0, 1, 2].map((index) => {
    const data = output.subarray(index * size, (index + 1) * size);
    return fromNetwork(crop({ data, height: paddedHeight, width: paddedWidth }, height, width), rows, columns)
      .data;
  });
  const flows = new Float32Array(2 * y.length);
  flows.set(y);
  flows.set(x, y.length);
  return { flows, probability, style: style === undefined ? undefined : meanOf(results[style]) };
}

/** Means of features [1, c, h, w]. */
function meanOf(features: NdArray): Float32Array {
  return features.mean([0, 2, 3]).astype("float32").data;
}

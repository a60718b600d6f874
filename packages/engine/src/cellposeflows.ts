import type { CellposeModel } from "./cellposemodel";
import { crop, type Plane, pad } from "./plane";
import { runOnPlanes } from "./planesrun";
import { fromNetwork, type Span, toNetwork } from "./span";

/** What the network says of each pixel. */
export interface CellposeFlows {
  /** `[2, y, x]` five times the flow, y before x. */
  readonly flows: Float32Array;
  /** `[y, x]` logit of the cell probability. */
  readonly probability: Float32Array;
}

/** The network's output, [3, h, w], for planes whose sides are multiples of its step. */
async function outputOf({ network }: CellposeModel, planes: readonly Plane[]): Promise<Float32Array> {
  const results = await runOnPlanes(network, planes);
  return results[network.outputs[0].name].astype("float32").data;
}

/** The output's mean with that for the image turned by 180°, where pixels and flows are reversed; in place. */
async function averageWithTurned(
  model: CellposeModel,
  planes: readonly Plane[],
  output: Float32Array,
): Promise<void> {
  const turned = await outputOf(
    model,
    planes.map((plane) => ({ ...plane, data: plane.data.slice().reverse() })),
  );
  const size = output.length / 3;
  for (const [index, sign] of [-1, -1, 1].entries()) {
    const [first, last] = [index * size, (index + 1) * size - 1];
    for (let pixel = 0; pixel < size; pixel++)
      output[first + pixel] = (output[first + pixel] + sign * turned[last - pixel]) / 2;
  }
}

/**
 * Run a cellpose network on a part of an image, rescaled.
 *
 * @param planes cytoplasm and nucleus of that part, percentiles stretched to 0 .. 1
 * @param rows of the image
 * @param columns of the image
 * @param augment whether to run it on the image turned by 180° too, and average
 * @returns the flows at the image's own scale
 */
export async function cellposeFlows(
  model: CellposeModel,
  planes: readonly Plane[],
  rows: Span,
  columns: Span,
  augment: boolean,
): Promise<CellposeFlows> {
  const scaled = planes.map((plane) => toNetwork(plane, rows, columns));
  const [{ height, width }] = scaled;
  const padded = scaled.map((plane) => pad(plane, model.step));
  const [{ height: paddedHeight, width: paddedWidth }] = padded;
  const output = await outputOf(model, padded);
  if (augment) await averageWithTurned(model, padded, output);
  const size = paddedHeight * paddedWidth;
  const [y, x, probability] = [0, 1, 2].map((index) => {
    const data = output.subarray(index * size, (index + 1) * size);
    return fromNetwork(crop({ data, height: paddedHeight, width: paddedWidth }, height, width), rows, columns)
      .data;
  });
  const flows = new Float32Array(2 * y.length);
  flows.set(y);
  flows.set(x, y.length);
  return { flows, probability };
}

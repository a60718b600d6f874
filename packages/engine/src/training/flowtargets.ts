import { heatMasks } from "../cellpose/heatedbox";
import { sequentialLabels } from "./sequentiallabels";

/**
 * The flows that a network of cellpose's kind learns: in each pixel of a mask the direction in which heat grows that
 * spreads from the mask's middle. As `masks_to_flows` of cellpose 3.1 on the CPU: parts of a label that don't touch
 * count as one mask, heated in one place, and have no direction where no heat arrives.
 *
 * @param labels `[y, x]` int32, values below 1 are background; numbers may have gaps; not modified
 * @returns `[2, y, x]` unit vectors, y before x, 0 in the background
 * @example
 * const flows = flowTargets(Int32Array.of(0, 7, 7, 7), 1, 4);
 */
export function flowTargets(labels: Int32Array, height: number, width: number): Float32Array {
  const size = height * width;
  const flows = new Float32Array(2 * size);
  const sequential = sequentialLabels(labels);
  heatMasks(sequential.labels, height, width, sequential.count, (_label, pixel, y, x) => {
    flows[pixel] = y;
    flows[size + pixel] = x;
  });
  return flows;
}

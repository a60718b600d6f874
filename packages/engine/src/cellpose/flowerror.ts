import { heatMasks } from "./heatedbox";

/**
 * How much the flows of the network differ from those that each mask would have (cellpose's `flow_error`): masks
 * that the network's flows don't support have a large error.
 *
 * @param flows `[2, y, x]` float32, five times unit vectors
 * @param labels `[y, x]`, 1 .. count without gaps
 * @returns mean squared difference of the unit vectors for labels 1 .. count, 0 to 4; index 0 is unused
 */
export function flowErrors(
  flows: Float32Array,
  labels: Int32Array,
  height: number,
  width: number,
  count: number,
): Float64Array {
  const errors = new Float64Array(count + 1);
  const areas = new Int32Array(count + 1);
  const size = height * width;
  heatMasks(labels, height, width, count, (label, pixel, y, x) => {
    const offY = y - flows[pixel] / 5;
    const offX = x - flows[size + pixel] / 5;
    errors[label] += offY * offY + offX * offX;
    areas[label]++;
  });
  return errors.map((sum, label) => (label === 0 ? 0 : sum / areas[label]));
}

import { extentsOf } from "./extent";

/** The pixels of a label inside its box with a border of one, and the one nearest to their centre of mass. */
function pixelsOf(
  labels: Int32Array,
  width: number,
  label: number,
  box: { top: number; left: number; bottom: number; right: number; area: number },
): { cells: Int32Array; centre: number } {
  const side = box.right - box.left + 2;
  const cells = new Int32Array(box.area);
  let count = 0;
  let [sumY, sumX] = [0, 0];
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) {
      if (labels[y * width + x] !== label) continue;
      cells[count++] = (y - box.top + 1) * side + (x - box.left + 1);
      sumY += y - box.top + 1;
      sumX += x - box.left + 1;
    }
  }
  const [meanY, meanX] = [sumY / count, sumX / count];
  let centre = 0;
  let nearest = Number.POSITIVE_INFINITY;
  for (const cell of cells) {
    const distance = (((cell / side) | 0) - meanY) ** 2 + ((cell % side) - meanX) ** 2;
    if (distance < nearest) [nearest, centre] = [distance, cell];
  }
  return { cells, centre };
}

/** Heat that spreads from the centre over the pixels for `steps` steps, losing what leaves them. */
function diffuse(cells: Int32Array, centre: number, size: number, side: number, steps: number): Float64Array {
  const heat = new Float64Array(size);
  const next = new Float64Array(cells.length);
  for (let step = 0; step < steps; step++) {
    heat[centre] += 1;
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i];
      const [up, down] = [cell - side, cell + side];
      next[i] =
        (heat[cell] +
          heat[cell - 1] +
          heat[cell + 1] +
          heat[up] +
          heat[up - 1] +
          heat[up + 1] +
          heat[down] +
          heat[down - 1] +
          heat[down + 1]) /
        9;
    }
    for (let i = 0; i < cells.length; i++) heat[cells[i]] = next[i];
  }
  return heat;
}

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
  const extents = extentsOf(labels, height, width, count);
  const errors = new Float64Array(count + 1);
  const size = height * width;
  for (let label = 1; label <= count; label++) {
    const box = {
      top: extents.top[label],
      left: extents.left[label],
      bottom: extents.bottom[label],
      right: extents.right[label],
      area: extents.area[label],
    };
    const [rows, side] = [box.bottom - box.top + 2, box.right - box.left + 2];
    const { cells, centre } = pixelsOf(labels, width, label, box);
    const heat = diffuse(cells, centre, rows * side, side, 2 * (rows + side));
    let sum = 0;
    for (const cell of cells) {
      const dy = heat[cell + side] - heat[cell - side];
      const dx = heat[cell + 1] - heat[cell - 1];
      const length = Math.sqrt(dy * dy + dx * dx) + 1e-60;
      const pixel = (box.top + ((cell / side) | 0) - 1) * width + box.left + (cell % side) - 1;
      sum += (dy / length - flows[pixel] / 5) ** 2 + (dx / length - flows[size + pixel] / 5) ** 2;
    }
    errors[label] = sum / cells.length;
  }
  return errors;
}

/**
 * Objects that star-convex polygons describe, in coordinates of the image: they may lie between its pixels and
 * outside of it. Arrays are shared between copies; nobody changes them.
 */
export interface StarObjects {
  readonly count: number;
  readonly rays: number;
  /** Centres, in pixels. */
  readonly y: Float64Array;
  readonly x: Float64Array;
  readonly probability: Float32Array;
  /** `[object, ray]`, in pixels; ray k points at 2πk / rays with (sin, cos) = (y, x). */
  readonly distances: Float32Array;
}

/** Part of an image, in pixels; bottom and right are exclusive. */
export interface Region {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** Where the cells of a prediction lie in an image, and which of them are candidates. */
export interface PredictionLayout {
  readonly rows: number;
  readonly columns: number;
  readonly rays: number;
  /** Pixels of the network's input per cell of its prediction. */
  readonly grid: number;
  /** A candidate's probability is greater than this, 0 to 1. */
  readonly probabilityThreshold: number;
  /** Pixels of the image per pixel of the network's input. Default 1. */
  readonly scale?: number;
  /** Where the first cell lies in the image, in pixels. Default 0. */
  readonly offsetY?: number;
  readonly offsetX?: number;
  /** Candidates have their centres here. Default: everywhere. */
  readonly region?: Region;
  /** Elements between neighbours in `distances`, and before the first. Default: planes `[ray, row, column]`. */
  readonly strides?: {
    readonly ray: number;
    readonly row: number;
    readonly column: number;
    readonly first: number;
  };
}

/** No object reaches farther, in pixels; a network that says so is wrong, and its polygon would take very long. */
const FARTHEST = 1 << 14;

/** Whether a cell's distances make a polygon of bounded size. */
function areDistances(
  distances: Float32Array,
  first: number,
  stride: number,
  rays: number,
  farthest: number,
) {
  for (let ray = 0, at = first; ray < rays; ray++, at += stride) {
    if (!(Math.abs(distances[at]) <= farthest)) return false;
  }
  return true;
}

/**
 * The objects that a network sees: one per cell whose probability is over the threshold. A cell with a distance that
 * isn't finite, or is over 16,384 pixels of the image, is none.
 *
 * @param probability `[row, column]` float32, 0 to 1; not modified
 * @param distances float32, in pixels of the network's input, laid out as `layout.strides` says; not modified
 * @returns the objects at offset + grid × cell × scale, row by row
 * @example
 * const objects = candidatesOf(probability, distances, { rows, columns, rays: 32, grid: 2, probabilityThreshold: 0.5 });
 */
export function candidatesOf(
  probability: Float32Array,
  distances: Float32Array,
  layout: PredictionLayout,
): StarObjects {
  const { rows, columns, rays, grid, probabilityThreshold, scale = 1, offsetY = 0, offsetX = 0 } = layout;
  const { strides = { ray: rows * columns, row: columns, column: 1, first: 0 } } = layout;
  const {
    top = Number.NEGATIVE_INFINITY,
    left = Number.NEGATIVE_INFINITY,
    bottom = Number.POSITIVE_INFINITY,
    right = Number.POSITIVE_INFINITY,
  } = layout.region ?? {};
  const farthest = FARTHEST / scale;
  let room = 0;
  for (let cell = 0; cell < rows * columns; cell++) if (probability[cell] > probabilityThreshold) room++;
  const cells = new Int32Array(room);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    const y = offsetY + grid * row * scale;
    if (y < top || y >= bottom) continue;
    for (let column = 0; column < columns; column++) {
      if (!(probability[row * columns + column] > probabilityThreshold)) continue;
      const x = offsetX + grid * column * scale;
      if (x < left || x >= right) continue;
      const first = strides.first + row * strides.row + column * strides.column;
      if (areDistances(distances, first, strides.ray, rays, farthest))
        cells[count++] = row * columns + column;
    }
  }
  const objects = emptyObjects(count, rays);
  for (let object = 0; object < count; object++) {
    const row = Math.floor(cells[object] / columns);
    const column = cells[object] - row * columns;
    objects.y[object] = offsetY + grid * row * scale;
    objects.x[object] = offsetX + grid * column * scale;
    objects.probability[object] = probability[cells[object]];
    let from = strides.first + row * strides.row + column * strides.column;
    for (let to = object * rays; to < (object + 1) * rays; to++, from += strides.ray) {
      objects.distances[to] = distances[from] * scale;
    }
  }
  return objects;
}

function emptyObjects(count: number, rays: number): StarObjects {
  return {
    count,
    rays,
    y: new Float64Array(count),
    x: new Float64Array(count),
    probability: new Float32Array(count),
    distances: new Float32Array(count * rays),
  };
}

/** Copies of the objects with the given numbers, in that order. */
export function pickObjects(objects: StarObjects, numbers: Int32Array): StarObjects {
  const { rays } = objects;
  const picked = emptyObjects(numbers.length, rays);
  for (let to = 0; to < numbers.length; to++) {
    const from = numbers[to];
    picked.y[to] = objects.y[from];
    picked.x[to] = objects.x[from];
    picked.probability[to] = objects.probability[from];
    picked.distances.set(objects.distances.subarray(from * rays, (from + 1) * rays), to * rays);
  }
  return picked;
}

/**
 * The objects of several parts in one, in the order of the parts; copies.
 *
 * @param parts all with the same number of rays; none gives no objects
 */
export function joinObjects(parts: readonly StarObjects[]): StarObjects {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const joined = emptyObjects(count, parts[0]?.rays ?? 0);
  let at = 0;
  for (const part of parts) {
    joined.y.set(part.y, at);
    joined.x.set(part.x, at);
    joined.probability.set(part.probability, at);
    joined.distances.set(part.distances, at * joined.rays);
    at += part.count;
  }
  return joined;
}

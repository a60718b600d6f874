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
const FARTHEST = 4096;

/**
 * The objects that a network sees: one per cell whose probability is over the threshold. A cell with a distance that
 * isn't finite, or is over 4096 pixels of the image, is none.
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
  let room = 0;
  for (let cell = 0; cell < rows * columns; cell++) if (probability[cell] > probabilityThreshold) room++;
  const found = emptyObjects(room, rays);
  const cells = new Int32Array(columns);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    const y = offsetY + grid * row * scale;
    if (y < top || y >= bottom) continue;
    let inRow = 0;
    for (let column = 0; column < columns; column++) {
      if (!(probability[row * columns + column] > probabilityThreshold)) continue;
      const x = offsetX + grid * column * scale;
      if (x >= left && x < right) cells[inRow++] = column;
    }
    // Ray by ray over the whole row, because neighbours in a row are usually neighbours in memory.
    const first = strides.first + row * strides.row;
    for (let ray = 0; ray < rays; ray++) {
      const from = first + ray * strides.ray;
      for (let i = 0, to = count * rays + ray; i < inRow; i++, to += rays) {
        found.distances[to] = distances[from + cells[i] * strides.column] * scale;
      }
    }
    const base = count;
    for (let object = base; object < base + inRow; object++) {
      if (!isBounded(found.distances, object * rays, rays)) continue;
      if (count < object) found.distances.copyWithin(count * rays, object * rays, (object + 1) * rays);
      const column = cells[object - base];
      found.y[count] = y;
      found.x[count] = offsetX + grid * column * scale;
      found.probability[count] = probability[row * columns + column];
      count++;
    }
  }
  return {
    ...{ count, rays, y: found.y.subarray(0, count), x: found.x.subarray(0, count) },
    probability: found.probability.subarray(0, count),
    distances: found.distances.subarray(0, count * rays),
  };
}

function isBounded(distances: Float32Array, first: number, rays: number): boolean {
  for (let at = first; at < first + rays; at++) if (!(Math.abs(distances[at]) <= FARTHEST)) return false;
  return true;
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

import { NdArray } from "@bioengine/ndarray";

/** How `label` joins pixels. */
export interface LabelOptions {
  /** How many axes two neighbours may differ in: 1 = over edges, up to the number of axes = over corners. Default: all. */
  connectivity?: number;
}

/** Offsets of the neighbours that come earlier in C order, as steps along [z, y, x]. */
function earlierNeighbours(ndim: number, connectivity: number): [number, number, number][] {
  const steps: [number, number, number][] = [];
  for (const z of ndim === 3 ? [-1, 0] : [0]) {
    for (const y of [-1, 0, 1]) {
      for (const x of [-1, 0, 1]) {
        const earlier = z < 0 || (z === 0 && (y < 0 || (y === 0 && x < 0)));
        if (earlier && Math.abs(z) + Math.abs(y) + Math.abs(x) <= connectivity) steps.push([z, y, x]);
      }
    }
  }
  return steps;
}

function root(parents: Int32Array, node: number): number {
  let top = node;
  while (parents[top] !== top) {
    parents[top] = parents[parents[top]];
    top = parents[top];
  }
  return top;
}

/**
 * Number the connected regions of equal, non-zero value (scikit-image's `label`; union-find in one scan).
 *
 * @param image `[y, x]` or `[z, y, x]`, bool or integers, 0 = background; not modified
 * @param options.connectivity 1 to the number of axes; default: the number of axes (over corners too)
 * @returns int32 labels of the same shape, role "labels", numbered in C order of their first pixel
 * @throws {TypeError} if the image is of floats
 * @throws {RangeError} if it has not 2 or 3 axes, or the connectivity is out of range
 * @example
 * label(image.greater(120)).max();
 */
export function label(image: NdArray, options: LabelOptions = {}): NdArray<"int32"> {
  const { ndim, shape, dtype } = image;
  if (dtype.includes("float")) {
    throw new TypeError(
      `Cannot label: the image must be bool or integers, got ${dtype}; use label(image.greater(0))`,
    );
  }
  if (ndim !== 2 && ndim !== 3) {
    throw new RangeError(
      `Cannot label: the axes must be [y, x] or [z, y, x], got shape [${shape.join(", ")}]`,
    );
  }
  const { connectivity = ndim } = options;
  if (!Number.isInteger(connectivity) || connectivity < 1 || connectivity > ndim) {
    throw new RangeError(`Cannot label: connectivity must be from 1 to ${ndim}, got ${connectivity}`);
  }
  const { data } = image;
  const [depth, height, width] = ndim === 2 ? [1, ...shape] : shape;
  const neighbours = earlierNeighbours(ndim, connectivity);
  const parents = new Int32Array(data.length);
  let pixel = 0;
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++, pixel++) {
        parents[pixel] = pixel;
        const value = data[pixel];
        if (!value) continue;
        for (const [dz, dy, dx] of neighbours) {
          if (z + dz < 0 || y + dy < 0 || y + dy >= height || x + dx < 0 || x + dx >= width) continue;
          const other = pixel + (dz * height + dy) * width + dx;
          if (data[other] !== value) continue;
          const [a, b] = [root(parents, pixel), root(parents, other)];
          // The earlier root stays, so that regions are numbered by their first pixel.
          if (a < b) parents[b] = a;
          else parents[a] = b;
        }
      }
    }
  }
  const labels = new Int32Array(data.length);
  let count = 0;
  for (pixel = 0; pixel < data.length; pixel++) {
    if (!data[pixel]) continue;
    const top = root(parents, pixel);
    labels[pixel] = top === pixel ? ++count : labels[top];
  }
  return new NdArray({ dtype: "int32", shape, buffer: labels, role: "labels" });
}

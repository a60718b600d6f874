import { checkOptions, NdArray } from "@bioengine/ndarray";
import { labelImage } from "../labelimage";
import { findOverlaps, type Overlap } from "./overlaps";

/** How planes are linked. */
export interface LinkLabelsOptions {
  /** Least intersection over union of the same object in two neighbouring planes, above 0 up to 1. Default 0.25. */
  threshold?: number;
}

const action = "link labels";

/** Of each object of the plane before, the one that overlaps it best; of each object of this plane, its best such. */
function links(pairs: readonly Overlap[], threshold: number): Map<number, number> {
  const best = new Map<number, Overlap>();
  for (const pair of pairs) {
    if (pair.iou >= threshold && pair.iou > (best.get(pair.a)?.iou ?? 0)) best.set(pair.a, pair);
  }
  const chosen = new Map<number, Overlap>();
  for (const pair of best.values()) {
    if (pair.iou > (chosen.get(pair.b)?.iou ?? 0)) chosen.set(pair.b, pair);
  }
  return new Map([...chosen.values()].map(({ a, b }) => [b, a]));
}

/**
 * Give an object the same label in all planes of a stack, or frames of a film, by its overlap between neighbours:
 * labels are carried on to the object of the next plane that overlaps best, and an object without such a predecessor
 * gets a new label (cellpose's `stitch3D`; unlike it, labels stay unique after empty planes, and of two objects that
 * overlap one predecessor equally only the first follows it).
 *
 * @param stack labels of each plane, `[z, y, x]` integers, 0 = background; not modified
 * @param options.threshold least intersection over union, default 0.25
 * @returns `[z, y, x]` int32, role "labels", 1 .. n without gaps
 * @throws {TypeError} if the labels are no integers
 * @throws {RangeError} if the axes are not [z, y, x], or the threshold is out of range
 * @example
 * const volume = linkLabels(stack([first, second]), { threshold: 0.3 });
 */
export function linkLabels(stack: NdArray, options: LinkLabelsOptions = {}): NdArray<"int32"> {
  checkOptions({ name: "linkLabels", action, options: ["threshold"] }, options);
  const { threshold = 0.25 } = options;
  labelImage(stack, action);
  if (stack.ndim !== 3) {
    throw new RangeError(
      `Cannot ${action}: the axes must be [z, y, x], got shape [${stack.shape.join(", ")}]`,
    );
  }
  if (!(threshold > 0 && threshold <= 1)) {
    throw new RangeError(`Cannot ${action}: threshold must be above 0 and at most 1, got ${threshold}`);
  }
  const [depth, height, width] = stack.shape;
  const size = height * width;
  const buffer = new Int32Array(stack.size);
  const planeOf = (data: Int32Array) => new NdArray({ dtype: "int32", shape: [height, width], buffer: data });
  let before = planeOf(new Int32Array(size));
  let count = 0;
  for (let z = 0; z < depth; z++) {
    const plane = stack.at(z);
    const overlaps = findOverlaps(labelImage(before, action), labelImage(plane, action), action);
    const linked = links(overlaps.pairs, threshold);
    const renamed = new Map(
      Array.from(overlaps.labelsB, (label, rank) => {
        const predecessor = linked.get(rank);
        return [label, predecessor === undefined ? ++count : overlaps.labelsA[predecessor]] as const;
      }),
    );
    const { data } = plane;
    const target = buffer.subarray(z * size, (z + 1) * size);
    for (let pixel = 0; pixel < size; pixel++) target[pixel] = renamed.get(Number(data[pixel])) ?? 0;
    before = planeOf(target);
  }
  return new NdArray({
    dtype: "int32",
    shape: stack.shape,
    buffer,
    role: "labels",
    dimensions: stack.dimensions,
  });
}

import type { DType, NdArray } from "@bioengine/ndarray";
import { type BorderMode, checkMode, padded, solidShape } from "./border";
import { checkFootprint, connectivityFootprint, type Window, windowOf } from "./footprint";
import { checkImage, imageOf, numbersOf } from "./image";
import { checkOptions } from "./option";
import { RankCounter } from "./rankcounter";
import { rankValues } from "./ranks";

/** How `median` treats the edge. */
export interface MedianOptions {
  /** What is beyond the edge. Default `"nearest"`. */
  mode?: BorderMode;
  /** The value beyond the edge for mode `"constant"`. Default 0. */
  cval?: number;
}

/**
 * The median under a window at each pixel (SciPy's `median_filter`); of an even number of values the upper middle one.
 */
export function medianFilter(
  data: Float64Array,
  shape: readonly number[],
  { runs, radii, size }: Window,
  mode: BorderMode,
  cval: number,
): Float64Array {
  const solid = solidShape(shape);
  const [depth, height, width] = solid;
  const { data: values, row, plane } = padded(data, solid, radii, mode, cval);
  const { ranks, values: valueAt } = rankValues(values);
  const counter = new RankCounter(valueAt.length);
  const middle = radii[0] * plane + radii[1] * row + radii[2];
  const firsts = Int32Array.from(runs, ({ z, y, x }) => middle + z * plane + y * row + x);
  const lengths = Int32Array.from(runs, ({ length }) => length);
  const result = new Float64Array(data.length);
  const rank = size >> 1;
  let at = 0;
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      const start = z * plane + y * row;
      for (let run = 0; run < firsts.length; run++) {
        const from = start + firsts[run];
        for (let i = 0; i < lengths[run]; i++) counter.add(ranks[from + i]);
      }
      for (let x = 0; x < width; x++) {
        result[at++] = valueAt[counter.kth(rank)];
        for (let run = 0; run < firsts.length; run++) {
          const from = start + firsts[run] + x;
          // The last step leaves the window empty but for what the row's end needs.
          counter.remove(ranks[from]);
          if (x + 1 < width) counter.add(ranks[from + lengths[run]]);
        }
      }
      for (let run = 0; run < firsts.length; run++) {
        const from = start + firsts[run] + width - 1;
        for (let i = 1; i < lengths[run]; i++) counter.remove(ranks[from + i]);
      }
    }
  }
  return result;
}

const door = {
  name: "median",
  action: "take the median",
  options: ["mode", "cval"],
  aliases: { selem: "footprint" },
};

/**
 * Replace each pixel by the median of its neighbourhood (scikit-image's `median`).
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @param footprint such as `disk(3)`; default: 3 pixels a side
 * @returns the image's dtype
 * @throws {TypeError} if an argument is no NdArray, or an option is unknown
 * @throws {RangeError} if the footprint has other axes, or there is no such mode
 * @example
 * const clean = median(image, disk(2));
 */
export function median<D extends DType>(
  image: NdArray<D>,
  footprint?: NdArray,
  options: MedianOptions = {},
): NdArray<D> {
  checkImage(image, door.action);
  const used = footprint ?? connectivityFootprint(image.ndim, image.ndim);
  checkFootprint(door.action, door.name, image, used);
  checkOptions(door, options);
  const { mode = "nearest", cval = 0 } = options;
  checkMode(door.action, mode);
  const data = medianFilter(numbersOf(image), image.shape, windowOf(used), mode, cval);
  return imageOf(data, image.shape, image.dtype, image.role);
}

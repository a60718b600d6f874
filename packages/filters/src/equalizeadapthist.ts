import type { NdArray } from "@bioengine/ndarray";
import { extent } from "./bins";
import { borderIndices, solidShape } from "./border";
import { clippedMap } from "./clippedmap";
import { checkImage, floatImage, floatType, numbersOf } from "./image";
import { checkNumber, checkOptions, perAxis } from "./option";
import { roundEven } from "./roundeven";

/** How `equalizeAdapthist` takes the neighbourhood. */
export interface EqualizeAdapthistOptions {
  /** Side of the blocks whose histograms are taken, in pixels, one for all axes or one for each. Default an eighth. */
  kernelSize?: number | readonly number[];
  /** Most pixels of one value, as a share of a block: less is less contrast; 0: no limit. Default 0.01. */
  clipLimit?: number;
  /** Number of values that are told apart. Default 256. */
  nbins?: number;
}

const door = {
  name: "equalizeAdapthist",
  action: "equalize the histogram",
  options: ["kernelSize", "clipLimit", "nbins"],
  aliases: { tileSize: "kernelSize", bins: "nbins" },
};

const GRAYS = 1 << 14;

/** The values as whole numbers from 0 to GRAYS - 1, by way of 16 bits. */
function graysOf(image: NdArray): Uint16Array {
  const { dtype } = image;
  const numbers = numbersOf(image);
  const [low, high] = extent(numbers);
  const isFloat = dtype.includes("float");
  if (!Number.isFinite(low) || !Number.isFinite(high) || (isFloat && (low < -1 || high > 1))) {
    throw new RangeError(
      `Cannot ${door.action}: the values of floats must be from -1 to 1, got ${low} to ${high}; use rescaleIntensity(image)`,
    );
  }
  const round = floatType(dtype) === "float32" ? Math.fround : Number;
  const scale = isFloat || dtype === "bool" ? 65535 : dtype === "uint8" ? 257 : 1;
  const wide = (value: number) => Math.max(0, isFloat ? roundEven(round(value * scale)) : value * scale);
  const [first, last] = [wide(low), wide(high)];
  const grays = new Uint16Array(numbers.length);
  for (let i = 0; i < grays.length; i++) {
    const share = last > first ? (wide(numbers[i]) - first) / (last - first) : 0;
    grays[i] = last > first ? roundEven(share * (GRAYS - 1)) : Math.min(GRAYS - 1, first);
  }
  return grays;
}

/** Along one axis: the blocks' side, and of each pixel with the borders the one that stands for it. */
interface Axis {
  readonly side: number;
  readonly before: number;
  readonly length: number;
  readonly indices: Int32Array;
  /** Blocks that have a histogram. */
  readonly blocks: number;
}

function axisOf(length: number, side: number): Axis {
  const before = side >> 1;
  const after = ((side - (length % side)) % side) + Math.ceil(side / 2);
  const indices = borderIndices(length, before, after, "mirror");
  return { side, before, length, indices, blocks: Math.floor(indices.length / side) - 1 };
}

/** The map of each block. */
function mapsOf(bins: Uint16Array, axes: readonly Axis[], nbins: number, clipLimit: number): Float64Array[] {
  const [deep, high, wide] = axes;
  const size = deep.side * high.side * wide.side;
  const limit = clipLimit > 0 ? Math.max(1, Math.trunc(clipLimit * size)) : size;
  const maps: Float64Array[] = [];
  for (let z = 0; z < deep.blocks; z++) {
    for (let y = 0; y < high.blocks; y++) {
      for (let x = 0; x < wide.blocks; x++) {
        const counts = new Float64Array(nbins);
        for (let i = 0; i < size; i++) {
          const dz = Math.floor(i / (high.side * wide.side));
          const dy = Math.floor(i / wide.side) % high.side;
          const row =
            deep.indices[deep.before + z * deep.side + dz] * high.length +
            high.indices[high.before + y * high.side + dy];
          const column = wide.indices[wide.before + x * wide.side + (i % wide.side)];
          counts[bins[row * wide.length + column]]++;
        }
        maps.push(clippedMap(counts, limit, GRAYS - 1, size));
      }
    }
  }
  return maps;
}

/** The two blocks that a pixel is between, and how far it is from the first one's middle. */
function between(
  { side, before, blocks }: Axis,
  index: number,
): [first: number, second: number, share: number] {
  const place = index + before;
  const block = Math.floor(place / side);
  const within = (one: number) => Math.max(0, Math.min(blocks - 1, one));
  return [within(block - 1), within(block), (place % side) / side];
}

/**
 * Spread an image's values so that all are about as frequent in each part of it, with a limit to how much noise is
 * raised (CLAHE, Zuiderveld 1994; scikit-image's `equalize_adapthist`, of one channel).
 *
 * @param image `[y, x]` or `[z, y, x]`, uint8, uint16, bool, or floats from -1 to 1, of which those below 0 count as
 *   0; not modified
 * @returns float64, or float32 for float32 images, from 0 to 1
 * @throws {TypeError} if it is no NdArray, or of another dtype, or an option is unknown
 * @throws {RangeError} if a value or an option is out of range
 * @example
 * const even = equalizeAdapthist(image, { clipLimit: 0.02 });
 */
export function equalizeAdapthist(
  image: NdArray,
  options: EqualizeAdapthistOptions = {},
): NdArray<"float32" | "float64"> {
  const { action } = door;
  checkImage(image, action, [2, 3]);
  checkOptions(door, options);
  const { dtype, shape, ndim } = image;
  if (!["uint8", "uint16", "bool"].includes(dtype) && !dtype.includes("float")) {
    throw new TypeError(
      `Cannot ${action}: the image must be uint8, uint16, bool or of floats, got ${dtype}; use rescaleIntensity(image, { outRange: "uint16" })`,
    );
  }
  const {
    kernelSize = shape.map((length) => Math.max(1, length >> 3)),
    clipLimit = 0.01,
    nbins = 256,
  } = options;
  const isSide = (one: number) => Number.isInteger(one) && one > 0;
  const sides = perAxis(action, "kernelSize", kernelSize, ndim, "a whole number above 0", isSide);
  checkNumber(action, "clipLimit", clipLimit, "from 0 to 1", clipLimit >= 0 && clipLimit <= 1);
  const isCount = Number.isInteger(nbins) && nbins > 0 && nbins <= GRAYS;
  checkNumber(action, "nbins", nbins, `a whole number from 1 to ${GRAYS}`, isCount);
  const lengths = solidShape(shape);
  const axes = lengths.map((length, axis) => axisOf(length, [1, 1, 1, ...sides].slice(-3)[axis]));
  const width = 1 + Math.floor(GRAYS / nbins);
  const bins = graysOf(image).map((gray) => Math.floor(gray / width));
  const maps = mapsOf(bins, axes, nbins, clipLimit);
  const places = axes.map((axis) => Array.from({ length: axis.length }, (_, index) => between(axis, index)));
  const equal = new Float64Array(image.size);
  const [, { blocks: rows }, { blocks: columns }] = axes;
  for (let z = 0, at = 0; z < lengths[0]; z++) {
    for (let y = 0; y < lengths[1]; y++) {
      for (let x = 0; x < lengths[2]; x++, at++) {
        const [inZ, inY, inX] = [places[0][z], places[1][y], places[2][x]];
        let sum = 0;
        for (let corner = 0; corner < 8; corner++) {
          const [deep, low, right] = [corner >> 2, (corner >> 1) & 1, corner & 1];
          const block = (inZ[deep] * rows + inY[low]) * columns + inX[right];
          const [shareX, shareY, shareZ] = [
            right ? inX[2] : 1 - inX[2],
            low ? inY[2] : 1 - inY[2],
            deep ? inZ[2] : 1 - inZ[2],
          ];
          // Summed in float32, as scikit-image does before it drops the fraction.
          sum = Math.fround(sum + Math.fround(maps[block][bins[at]] * (shareX * shareY * shareZ)));
        }
        equal[at] = Math.trunc(sum);
      }
    }
  }
  const [least, most] = extent(equal);
  const unit =
    floatType(dtype) === "float32" ? new Float32Array(equal.length) : new Float64Array(equal.length);
  const round = floatType(dtype) === "float32" ? Math.fround : Number;
  for (let i = 0; i < unit.length; i++) {
    unit[i] = most > least ? round(equal[i] - least) / round(most - least) : Math.min(1, equal[i]);
  }
  return floatImage(unit, image);
}

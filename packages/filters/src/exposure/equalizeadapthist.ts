import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { extent } from "../bins";
import { borderIndices, solidShape } from "../border";
import { checkSpatialImage, floatImage, floatType, numbersOf } from "../image";
import { checkNumber, perAxis } from "../option";
import { roundEven } from "../roundeven";
import { clippedMap } from "./clippedmap";

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

/** The bin of each pixel: its value as a whole number from 0 to GRAYS - 1, by way of 16 bits, of which `width` share a bin. */
function grayBins(image: NdArray, width: number): Uint16Array {
  const { dtype, data } = image;
  const numbers = data instanceof Uint8Array || data instanceof Uint16Array ? data : numbersOf(image);
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
  // The bin of each number of 16 bits.
  const table = new Uint16Array(65536);
  for (let value = first; value <= last; value++) {
    const share = (value - first) / (last - first);
    const gray = last > first ? roundEven(share * (GRAYS - 1)) : Math.min(GRAYS - 1, first);
    table[value] = Math.floor(gray / width);
  }
  const bins = new Uint16Array(numbers.length);
  if (isFloat) for (let i = 0; i < bins.length; i++) bins[i] = table[wide(numbers[i])];
  else for (let i = 0; i < bins.length; i++) bins[i] = table[numbers[i] * scale];
  return bins;
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

/** Count the bins of a row's columns, every other one apart, as a count that was just changed isn't at hand at once. */
function countRow(
  even: Int32Array,
  odd: Int32Array,
  bins: Uint16Array,
  from: number,
  columns: Int32Array,
): void {
  const last = columns.length - 1;
  for (let i = 0; i < last; i += 2) {
    even[bins[from + columns[i]]]++;
    odd[bins[from + columns[i + 1]]]++;
  }
  if (columns.length % 2 === 1) even[bins[from + columns[last]]]++;
}

/** The maps of all blocks, one after the other; of whole numbers, which float32 has exactly. */
function mapsOf(bins: Uint16Array, axes: readonly Axis[], nbins: number, clipLimit: number): Float32Array {
  const [deep, high, wide] = axes;
  const size = deep.side * high.side * wide.side;
  const limit = clipLimit > 0 ? Math.max(1, Math.trunc(clipLimit * size)) : size;
  const maps = new Float32Array(deep.blocks * high.blocks * wide.blocks * nbins);
  const pixelsOf = ({ indices, before, side }: Axis, block: number) =>
    indices.subarray(before + block * side, before + (block + 1) * side);
  let at = 0;
  for (let z = 0; z < deep.blocks; z++) {
    for (let y = 0; y < high.blocks; y++) {
      for (let x = 0; x < wide.blocks; x++, at += nbins) {
        const [even, odd] = [new Int32Array(nbins), new Int32Array(nbins)];
        const columns = pixelsOf(wide, x);
        for (const plane of pixelsOf(deep, z)) {
          for (const row of pixelsOf(high, y)) {
            countRow(even, odd, bins, (plane * high.length + row) * wide.length, columns);
          }
        }
        const counts = Float64Array.from(even, (count, bin) => count + odd[bin]);
        maps.set(clippedMap(counts, limit, GRAYS - 1, size), at);
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

/** Along one axis: the two blocks that each pixel is between, and its share of the second. */
interface Places {
  readonly blocks: readonly [Int32Array, Int32Array];
  readonly shares: readonly [Float64Array, Float64Array];
}

function placesOf(axis: Axis): Places {
  const places = Array.from({ length: axis.length }, (_, index) => between(axis, index));
  return {
    blocks: [Int32Array.from(places, ([first]) => first), Int32Array.from(places, ([, second]) => second)],
    shares: [
      Float64Array.from(places, ([, , share]) => 1 - share),
      Float64Array.from(places, ([, , share]) => share),
    ],
  };
}

/** Add to a row's sums what the maps of two rows of blocks make of its bins, each with its share. */
function addRow(
  sums: Float32Array,
  bins: Uint16Array,
  from: number,
  [above, below]: readonly [Float32Array, Float32Array],
  [shareAbove, shareBelow]: readonly [number, number],
  nbins: number,
  { blocks: [left, right], shares: [shareLeft, shareRight] }: Places,
): void {
  for (let x = 0; x < sums.length; x++) {
    const bin = bins[from + x];
    const [atLeft, atRight] = [left[x] * nbins + bin, right[x] * nbins + bin];
    const [ofLeft, ofRight] = [shareLeft[x], shareRight[x]];
    // Summed in float32, as scikit-image does before it drops the fraction.
    let sum = Math.fround(sums[x] + Math.fround(above[atLeft] * ofLeft * shareAbove));
    sum = Math.fround(sum + Math.fround(above[atRight] * (ofRight * shareAbove)));
    sum = Math.fround(sum + Math.fround(below[atLeft] * (ofLeft * shareBelow)));
    sums[x] = sum + Math.fround(below[atRight] * (ofRight * shareBelow));
  }
}

/** Set each pixel's bin to what it becomes, between the maps of the blocks around it. */
function blend(bins: Uint16Array, maps: Float32Array, axes: readonly Axis[], nbins: number): void {
  const [deep, high, wide] = axes.map(placesOf);
  const [{ length: depth }, { length: height, blocks: rows }, { length: width, blocks: columns }] = axes;
  const sums = new Float32Array(width);
  const span = columns * nbins;
  for (let z = 0, at = 0; z < depth; z++) {
    for (let y = 0; y < height; y++, at += width) {
      sums.fill(0);
      for (const far of [0, 1]) {
        const shareZ = deep.shares[far][z];
        if (shareZ === 0) continue;
        const mapsOfRow = (low: 0 | 1) => {
          const first = (deep.blocks[far][z] * rows + high.blocks[low][y]) * span;
          return maps.subarray(first, first + span);
        };
        const shares: [number, number] = [shareZ * high.shares[0][y], shareZ * high.shares[1][y]];
        addRow(sums, bins, at, [mapsOfRow(0), mapsOfRow(1)], shares, nbins, wide);
      }
      // Which drops the fraction.
      bins.set(sums, at);
    }
  }
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
  checkSpatialImage(image, door, [2, 3]);
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
  const equal = grayBins(image, width);
  blend(equal, mapsOf(equal, axes, nbins, clipLimit), axes, nbins);
  const [least, most] = extent(equal);
  const units = new Float64Array(most + 1);
  for (let gray = least; gray <= most; gray++) {
    units[gray] = most > least ? (gray - least) / (most - least) : Math.min(1, gray);
  }
  const result =
    floatType(dtype) === "float32" ? new Float32Array(equal.length) : new Float64Array(equal.length);
  for (let i = 0; i < result.length; i++) result[i] = units[equal[i]];
  return floatImage(result, image);
}

import { checkOptions, checkSpace, NdArray } from "@bioengine/ndarray";

import { integerImage, type LabelImage } from "../labelimage";
import { earlierRows } from "../neighbours";
import { GROUP, RUN_BYTES } from "../scankernel";
import { LabelMemory } from "./labelmemory";
import { BEYOND } from "./paintkernel";

/** How `label` joins pixels. */
export interface LabelOptions {
  /** How many axes two neighbours may differ in: 1 = over edges, up to the number of axes = over corners. Default: all. */
  connectivity?: number;
}

/** Pixels whose runs are found, and that are drawn, at a time, so that they stay in the processor's cache. */
const PIXELS = 1 << 16;

/** Numbers on a page of memory. */
const PAGE = 1024;

/** Larger memory isn't kept for the next call. */
const KEPT_BYTES = 1 << 25;

let kept: LabelMemory | undefined;

/** Where things are in memory; the pixels at work on are at 0. */
interface Places {
  /** Addresses where each row's runs begin, and at last end, planes after one another. */
  readonly rowStart: number;
  readonly table: number;
  /** A parent for each run, where the table ends, and one more to spare. */
  readonly parents: number;
  readonly spare: number;
}

/** How many runs there are up to an address. */
const runsTo = (address: number, table: number) => (address - table) / RUN_BYTES;

const rowsAtOnce = ({ width }: LabelImage) => Math.max(1, Math.floor(PIXELS / width));

function scanInto(memory: LabelMemory, image: LabelImage): Places {
  const { depth, height, width, bits } = image;
  const rows = depth * height;
  const atOnce = rowsAtOnce(image);
  const rowBytes = (width * bits) / 8;
  const rowStart = 4 * (atOnce * width + GROUP + 1);
  const table = rowStart + 4 * (rows + 2);
  const scan = memory.scanOf(image);
  let end = table;
  for (let row = 0; row < rows; row += atOnce) {
    const count = Math.min(atOnce, rows - row);
    memory.reserve(end + RUN_BYTES * (count * width + 1));
    memory.bytes.set(image.bytes.subarray(row * rowBytes, (row + count) * rowBytes));
    scan(0, count, width, end, rowStart + 4 * row);
    end = memory.words[rowStart / 4 + row + count] >>> 0;
  }
  const spare = end + 4 * runsTo(end, table);
  memory.reserve(spare + 4);
  return { rowStart, table, parents: end, spare };
}

function joinRuns(memory: LabelMemory, image: LabelImage, connectivity: number, places: Places): void {
  const { rowStart, table, parents, spare } = places;
  const { depth, height, ndim } = image;
  const { words, join } = memory;
  for (let parent = parents; parent <= spare; parent += 4) words[parent / 4] = parent;
  for (let z = 0; z < depth; z++) {
    for (const step of earlierRows(ndim, connectivity)) {
      const first = Math.max(0, -step.y);
      const rows = height - Math.abs(step.y);
      if (z + step.z < 0 || rows === 0) continue;
      const row = z * height + first;
      const earlier = row + step.z * height + step.y;
      join(rowStart + 4 * row, rows, rowStart + 4 * earlier, step.reach, table, parents, spare);
    }
  }
}

/** Bytes that a Buffer has room for in every Node. */
const LARGEST_BUFFER = 2 ** 31;

/** Numbers of any value, to be overwritten: zeros, where they are no new memory, cost as much as drawing does. */
const unwritten = (length: number): Int32Array =>
  4 * length > LARGEST_BUFFER
    ? new Int32Array(length)
    : new Int32Array(Buffer.allocUnsafeSlow(4 * length).buffer);

function paintRegions(memory: LabelMemory, image: LabelImage, places: Places): Int32Array {
  const { rowStart, table, parents, spare } = places;
  const { depth, height, width } = image;
  const { bytes, words, paint } = memory;
  const rows = depth * height;
  const atOnce = rowsAtOnce(image);
  const painted = unwritten(rows * width);
  // Keeps the last number that was given.
  words[spare / 4] = 0;
  for (let row = 0; row < rows; row += atOnce) {
    const count = Math.min(atOnce, rows - row);
    const first = words[rowStart / 4 + row] >>> 0;
    bytes.fill(0, 0, 4 * count * width + BEYOND);
    paint(rowStart + 4 * row, count, 4 * width, 0, parents + 4 * runsTo(first, table), spare);
    const [begin, end] = [row * width, (row + count) * width];
    // A page that is new costs a copy more than a number.
    for (let pixel = begin; pixel < end; pixel += PAGE) painted[pixel] = 0;
    painted.set(words.subarray(0, end - begin), begin);
  }
  return painted;
}

function numberRegions(image: LabelImage, connectivity: number): Int32Array {
  const memory = kept ?? new LabelMemory();
  kept = undefined;
  const places = scanInto(memory, image);
  joinRuns(memory, image, connectivity, places);
  const painted = paintRegions(memory, image, places);
  if (memory.bytes.length <= KEPT_BYTES) kept = memory;
  return painted;
}

/**
 * Number the connected regions of equal, non-zero value (scikit-image's `label`), by union-find over runs
 * (Wu, Otoo & Suzuki 2009, of whose equivalences these are).
 *
 * @param image `[y, x]` or `[z, y, x]`, bool or integers, 0 = background; not modified
 * @param options.connectivity 1 to the number of axes; default: the number of axes (over corners too)
 * @returns int32 labels of the same shape, role "labels", numbered in C order of their first pixel
 * @throws {TypeError} if the image is of floats, or an option is unknown
 * @throws {RangeError} if it has not 2 or 3 axes, or known channels or frames, or the connectivity is out of range
 * @example
 * label(image.greater(120)).max();
 */
export function label(image: NdArray, options: LabelOptions = {}): NdArray<"int32"> {
  const pixels = integerImage(image, "label", "label(image.greater(0))");
  checkSpace(image, { name: "label", action: "label" });
  const { ndim } = pixels;
  checkOptions({ name: "label", action: "label", options: ["connectivity"] }, options);
  const { connectivity = ndim } = options;
  if (!Number.isInteger(connectivity) || connectivity < 1 || connectivity > ndim) {
    throw new RangeError(`Cannot label: connectivity must be from 1 to ${ndim}, got ${connectivity}`);
  }
  const buffer = image.size === 0 ? new Int32Array(0) : numberRegions(pixels, connectivity);
  return new NdArray({
    dtype: "int32",
    shape: image.shape,
    buffer,
    role: "labels",
    dimensions: image.dimensions,
  });
}

import { itemSize, type TypedArray } from "@bioengine/ndarray";
import { swapped, typedArrayOf } from "../arraybytes";
import type { ByteSource } from "../bytesource";
import { reasonOf } from "../reason";
import { reverseBits, unpackBits } from "./bits";
import { codecOf } from "./codec";
import { type Page, segmentGrid } from "./page";
import { undoDifferences, undoFloatDifferences } from "./predictor";

/** Rows that a segment has in the file: tiles are whole, and the last strip ends with the image. */
export function storedRows(page: Page, index: number): number {
  const { across, down } = segmentGrid(page);
  const row = Math.floor((index % (across * down)) / across);
  return page.isTiled
    ? page.segmentHeight
    : Math.min(page.segmentHeight, page.height - row * page.segmentHeight);
}

/** Values of a row of a segment. */
export const rowLength = (page: Page): number => page.segmentWidth * (page.isPlanar ? 1 : page.samples);

/** Bytes of a segment that is unpacked. */
const byteLength = (page: Page, rows: number): number => rows * Math.ceil((rowLength(page) * page.bits) / 8);

// Larger ones couldn't be in memory at once.
const MAX_SEGMENT = 2 ** 31 - 1;

/**
 * Check, before anything is allocated, that segments can hold what is announced.
 *
 * @throws {Error} if one has too few bytes, or lies outside of the file
 */
export function checkSegments(source: ByteSource, page: Page, indices: readonly number[]): void {
  const { ratio } = codecOf(page);
  let total = 0;
  for (const index of indices) {
    const [offset, count] = [page.offsets[index], page.counts[index]];
    const length = byteLength(page, storedRows(page, index));
    if (length > MAX_SEGMENT) throw new Error(`a segment of ${length} bytes is announced`);
    if (isSparse(page, index)) continue;
    if (offset + count > source.size) {
      throw new Error(`segment ${index} lies outside of the file's ${source.size} bytes; it is not whole`);
    }
    total += length;
    if (length > count * ratio) {
      throw new Error(`${length} bytes are announced for the ${count} of segment ${index}`);
    }
  }
  // Many segments can lie at one place.
  if (total > source.size * ratio) throw new Error(`${total} bytes are announced in ${source.size}`);
}

/** A segment that is left out of the file, for 0: what GDAL calls sparse. */
const isSparse = ({ offsets, counts }: Page, index: number): boolean =>
  offsets[index] === 0 && counts[index] === 0;

/** Values of the file, with differences undone, as an array of the page's dtype. */
function unpack(page: Page, bytes: Uint8Array, rows: number): TypedArray {
  const { bits, dtype, predictor, littleEndian } = page;
  const row = rowLength(page);
  const size = bits / 8;
  if (bits !== itemSize(dtype) * 8 || dtype === "bool") {
    if (predictor !== 1) throw new Error(`its predictor ${predictor} isn't one for values of ${bits} bits`);
    return unpackBits(bytes, bits, dtype, row, rows);
  }
  const step = page.isPlanar ? 1 : page.samples;
  const format = { dtype, isBigEndian: !littleEndian, isFortran: false };
  if (predictor === 3) {
    return typedArrayOf(undoFloatDifferences(bytes, size, row, step), { ...format, isBigEndian: false });
  }
  if (predictor === 1) return typedArrayOf(bytes, format);
  if (predictor !== 2) throw new Error(`its predictor ${predictor} isn't known`);
  // A copy in any case: a Buffer of the pool may not be aligned.
  const native = littleEndian ? new Uint8Array(bytes) : swapped(bytes, size);
  undoDifferences(native, size, row, step);
  return typedArrayOf(native, { ...format, isBigEndian: false });
}

/** What a codec gives; its own errors don't name the segment. */
async function decoded(
  { compression }: Page,
  index: number,
  decode: () => Promise<Uint8Array> | Uint8Array,
): Promise<Uint8Array> {
  try {
    return await decode();
  } catch (cause) {
    const reason = reasonOf(cause);
    throw new Error(`segment ${index} (compression ${compression}) is damaged: ${reason}`, { cause });
  }
}

/**
 * Read one segment.
 *
 * @returns its values in C order, rows × columns × samples (of a planar page: one sample); undefined if all are 0
 *   because the file leaves it out
 * @throws {Error} if it is damaged or too short
 */
export async function readSegment(
  source: ByteSource,
  page: Page,
  index: number,
): Promise<TypedArray | undefined> {
  if (isSparse(page, index)) return undefined;
  const rows = storedRows(page, index);
  const length = byteLength(page, rows);
  const stored = await source.read(page.offsets[index], page.counts[index]);
  const packed = page.isLowBitFirst ? reverseBits(stored) : stored;
  // Some writers fill the last strip up.
  const limit = byteLength(page, page.segmentHeight);
  const bytes = await decoded(page, index, () => codecOf(page).decode(packed, limit, page, rows));
  if (bytes.length < length) {
    throw new Error(
      `segment ${index} has ${bytes.length} bytes where ${length} are announced; it is not whole`,
    );
  }
  return unpack(page, bytes.subarray(0, length), rows);
}

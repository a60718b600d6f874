import type { DType } from "@bioengine/ndarray";
import type { ByteSource } from "../bytesource";
import { type Directory, tagBytes, tagNumbers } from "./directory";

/** How the pixels of one page are stored. */
export interface Page {
  readonly directory: Directory;
  readonly height: number;
  readonly width: number;
  /** Values of a pixel. */
  readonly samples: number;
  readonly dtype: DType;
  /** Bits of a value as stored. */
  readonly bits: number;
  readonly littleEndian: boolean;
  readonly compression: number;
  /** 1 = none, 2 = differences of neighbours, 3 = the same for floats, byte by byte. */
  readonly predictor: number;
  /** How values are colours; 2 = RGB, 6 = YCbCr. */
  readonly photometric: number;
  /** Whether the first pixel of a byte is in its lowest bit. */
  readonly isLowBitFirst: boolean;
  /** Whether each sample has segments of its own. */
  readonly isPlanar: boolean;
  /** Size of a tile or strip: a segment. */
  readonly segmentHeight: number;
  readonly segmentWidth: number;
  readonly isTiled: boolean;
  readonly offsets: readonly number[];
  readonly counts: readonly number[];
  /** What the JPEGs of all segments have in common. */
  readonly jpegTables: Uint8Array | undefined;
  /** A smaller version, or a mask, of another page. */
  readonly isReduced: boolean;
  readonly isMask: boolean;
}

/** Segments side by side in a row, and rows of them. */
export const segmentGrid = (page: Page): { across: number; down: number } => ({
  across: Math.ceil(page.width / page.segmentWidth),
  down: Math.ceil(page.height / page.segmentHeight),
});

/** The dtype of values of so many bits; SampleFormat 1 and 4 = unsigned, 2 = signed, 3 = IEEE floating point. */
function dtypeOf(format: number, bits: number): DType {
  if (format === 1 || format === 4) {
    if (bits === 1) return "bool";
    if (bits === 64) return "uint64";
    const size = [8, 16, 32].find((size) => bits <= size);
    if (bits > 0 && size !== undefined) return `uint${size}` as DType;
  }
  const name = { 2: "int", 3: "float" }[format];
  const sizes = format === 2 ? [8, 16, 32, 64] : [16, 32, 64];
  if (name !== undefined && sizes.includes(bits)) return `${name}${bits}` as DType;
  const kind = format === 5 || format === 6 ? "complex numbers" : "numbers";
  throw new Error(
    `its ${kind} of ${bits} bits (sample format ${format}) can't be read exactly; save it as 32-bit float`,
  );
}

/** The one value that all samples share. */
function shared(values: readonly number[], what: string): number {
  const distinct = [...new Set(values)];
  if (distinct.length !== 1)
    throw new Error(`its samples must have the same ${what}, got ${distinct.join(" and ")}`);
  return distinct[0];
}

const MAX_LENGTH = 2 ** 31 - 1;

function checkLength(value: number, what: string): number {
  if (!(value >= 1 && value <= MAX_LENGTH))
    throw new Error(`its ${what} must be from 1 to ${MAX_LENGTH}, got ${value}`);
  return value;
}

/**
 * Read how a page is stored.
 *
 * @throws {Error} if a tag is missing or impossible, or the values are of a kind that no array holds
 */
export async function readPage(source: ByteSource, directory: Directory): Promise<Page> {
  const numbers = (tag: number) => tagNumbers(source, directory, tag);
  const one = async (tag: number, otherwise: number) => (await numbers(tag))?.[0] ?? otherwise;
  const width = checkLength(await one(256, 0), "width");
  const height = checkLength(await one(257, 0), "height");
  const samples = checkLength(await one(277, 1), "number of samples");
  const bits = shared((await numbers(258)) ?? [1], "number of bits");
  const format = shared((await numbers(339)) ?? [1], "format");
  const compression = await one(259, 1);
  const photometric = await one(262, 1);
  const subsampling = (await numbers(530)) ?? [2, 2];
  if (photometric === 6 && compression !== 7 && subsampling.some((step) => step !== 1)) {
    throw new Error("its colours are stored at half the size (YCbCr); save it as RGB");
  }
  const isTiled = directory.entries.has(322) || directory.entries.has(324);
  const rows = Math.min(await one(278, height), height);
  const segmentHeight = checkLength(isTiled ? await one(323, 0) : rows, "number of rows of a segment");
  const segmentWidth = checkLength(isTiled ? await one(322, 0) : width, "width of a tile");
  const isPlanar = samples > 1 && (await one(284, 1)) === 2;
  const offsets = await numbers(isTiled ? 324 : 273);
  const counts = await numbers(isTiled ? 325 : 279);
  if (offsets === undefined) throw new Error("it doesn't say where its pixels are; it is not whole");
  const subfile = await one(254, 0);
  const page: Page = {
    directory,
    height,
    width,
    samples,
    dtype: dtypeOf(format, bits),
    bits,
    littleEndian: directory.littleEndian,
    compression,
    predictor: await one(317, 1),
    photometric,
    isLowBitFirst: (await one(266, 1)) === 2,
    isPlanar,
    segmentHeight,
    segmentWidth,
    isTiled,
    offsets,
    counts: counts ?? wholeCounts(source, offsets, compression),
    jpegTables: await tagBytes(source, directory, 347),
    isReduced: (subfile & 1) === 1,
    isMask: (subfile & 4) === 4,
  };
  const { across, down } = segmentGrid(page);
  const needed = across * down * (isPlanar ? samples : 1);
  if (offsets.length < needed || page.counts.length < needed) {
    throw new Error(
      `its ${height} × ${width} pixels need ${needed} ${isTiled ? "tiles" : "strips"}, got ${Math.min(offsets.length, page.counts.length)}`,
    );
  }
  return page;
}

/** Old writers leave out how long an uncompressed page's only strip is: up to the end of the file. */
function wholeCounts(source: ByteSource, offsets: readonly number[], compression: number): number[] {
  if (compression === 1 && offsets.length === 1) return [Math.max(0, source.size - offsets[0])];
  throw new Error("it doesn't say how long its strips are; it is not whole");
}

import { promisify } from "node:util";
import { deflate } from "node:zlib";
import { type DType, itemSize, type NdArray } from "@bioengine/ndarray";
import { bytesOf } from "../arraybytes";
import { packRows } from "./bits";
import { type Entry, encodeDirectory, offsetSize } from "./entry";

// TIFF 6.0 (Adobe, 1992), section 19: SampleFormat 1 = unsigned, 2 = signed, 3 = IEEE floating point.
const formatOf = (dtype: DType): number =>
  dtype === "bool" || dtype.startsWith("uint") ? 1 : dtype.startsWith("int") ? 2 : 3;

/** The dtypes that a TIFF file stores. */
export const tiffDTypes: readonly DType[] = [
  ...(["uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64"] as const),
  ...(["float16", "float32", "float64", "bool"] as const),
];

/** What a file says of its pixels, beside their values. */
export interface TiffNotes {
  /** The first page's description. */
  readonly description?: string | undefined;
  /** µm per pixel, `[y, x]`; with a description that names that unit. */
  readonly spacing?: readonly number[] | undefined;
}

const deflated = promisify<Uint8Array, Buffer>(deflate);

/** Bytes of a strip: a region is read without the whole plane. */
const STRIP = 2 ** 18;

interface Strips {
  readonly rows: number;
  readonly strips: readonly Uint8Array[];
}

async function stripsOf(plane: NdArray): Promise<Strips> {
  const [, width, channels = 1] = plane.shape;
  const isBool = plane.dtype === "bool";
  const bytes = isBool ? packRows(plane.data as Uint8Array, width * channels) : bytesOf(plane);
  const rowBytes = bytes.length / plane.shape[0];
  const rows = Math.max(1, Math.floor(STRIP / rowBytes));
  const strips: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += rows * rowBytes) {
    const strip = bytes.subarray(at, at + rows * rowBytes);
    strips.push(isBool ? strip : await deflated(strip));
  }
  return { rows, strips };
}

const MAX_LONG = 2 ** 32 - 1;

/** Pixels per µm of a pixel size, as a fraction: exact for a size of up to nine decimals. */
function perMicrometre(size: number): [number, number] {
  const digits = Math.floor(Math.log10(MAX_LONG / Math.max(size, 1)));
  const scale = 10 ** Math.min(Math.max(digits, 0), 9);
  return [scale, Math.min(Math.max(Math.round(size * scale), 1), MAX_LONG)];
}

function entriesOf(
  plane: NdArray,
  { rows, strips }: Strips,
  offsets: readonly number[],
  notes: TiffNotes,
): Entry[] {
  const [height, width, channels = 1] = plane.shape;
  const { description, spacing } = notes;
  const each = (value: number) => new Array<number>(channels).fill(value);
  const isBool = plane.dtype === "bool";
  const text = description === undefined ? [] : [...new TextEncoder().encode(description), 0];
  const entries: (Entry | false)[] = [
    { tag: 256, type: "long", values: [width] },
    { tag: 257, type: "long", values: [height] },
    { tag: 258, type: "short", values: each(isBool ? 1 : 8 * itemSize(plane.dtype)) },
    // ImageJ reads bits only if they are not compressed.
    { tag: 259, type: "short", values: [isBool ? 1 : 8] },
    { tag: 262, type: "short", values: [channels >= 3 ? 2 : 1] },
    text.length > 0 && { tag: 270, type: "ascii", values: text },
    { tag: 273, type: "offset", values: offsets },
    { tag: 277, type: "short", values: [channels] },
    { tag: 278, type: "long", values: [rows] },
    { tag: 279, type: "long", values: strips.map(({ length }) => length) },
    spacing !== undefined && { tag: 282, type: "rational", values: perMicrometre(spacing[1]) },
    spacing !== undefined && { tag: 283, type: "rational", values: perMicrometre(spacing[0]) },
    // The description names the unit.
    spacing !== undefined && { tag: 296, type: "short", values: [1] },
    (channels === 2 || channels === 4) && { tag: 338, type: "short", values: [2] },
    { tag: 339, type: "short", values: each(formatOf(plane.dtype)) },
  ];
  return entries.filter((entry) => entry !== false);
}

// What the directories need beside the strips is little: 2 GB for them are ample.
const CLASSIC = 2 ** 31;

/**
 * Encode planes as a TIFF file, little-endian and deflate-compressed (bool: bits, as they are), a page each; as BigTIFF
 * if it is large.
 *
 * @param planes each `[y, x]` or `[y, x, c]`, alike; a dtype of `tiffDTypes`
 * @returns the file's parts, in order
 */
export async function encodeTiff(planes: readonly NdArray[], notes: TiffNotes = {}): Promise<Uint8Array[]> {
  const pages: Strips[] = [];
  for (const plane of planes) pages.push(await stripsOf(plane));
  const total = pages.flatMap(({ strips }) => strips).reduce((sum, { length }) => sum + length, 0);
  const big = total > CLASSIC;
  const header = new Uint8Array(big ? 16 : 8);
  const parts: Uint8Array[] = [header];
  let length = header.length;
  const append = (part: Uint8Array): number => {
    const at = length;
    // Everything begins at an even place.
    parts.push(part, new Uint8Array(part.length % 2));
    length += part.length + (part.length % 2);
    return at;
  };
  const offsets = pages.map(({ strips }) => strips.map(append));
  const view = new DataView(header.buffer);
  view.setUint32(0, big ? 0x2b4949 : 0x2a4949, true);
  if (big) view.setUint32(4, offsetSize(big), true);
  if (big) view.setBigUint64(8, BigInt(length), true);
  else view.setUint32(4, length, true);
  for (const [index, strips] of pages.entries()) {
    const entries = entriesOf(
      planes[index],
      strips,
      offsets[index],
      index === 0 ? notes : { spacing: notes.spacing },
    );
    append(encodeDirectory(entries, length, big, index === pages.length - 1));
  }
  return parts;
}

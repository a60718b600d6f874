import { deflateSync } from "node:zlib";
import type { DType, NdArray } from "@bioengine/ndarray";

// TIFF 6.0 (Adobe, 1992), section 19: SampleFormat 1 = unsigned, 2 = signed, 3 = IEEE floating point.
const samples: Partial<Record<DType, { format: number; bits: number }>> = {
  uint8: { format: 1, bits: 8 },
  uint16: { format: 1, bits: 16 },
  uint32: { format: 1, bits: 32 },
  int8: { format: 2, bits: 8 },
  int16: { format: 2, bits: 16 },
  int32: { format: 2, bits: 32 },
  float32: { format: 3, bits: 32 },
  float64: { format: 3, bits: 64 },
};

/** The dtypes that a TIFF file stores. */
export const tiffDTypes: readonly string[] = Object.keys(samples);

const SHORT = 3;
const LONG = 4;
const typeSizes: Record<number, number> = { [SHORT]: 2, [LONG]: 4 };

type Entry = readonly [tag: number, type: typeof SHORT | typeof LONG, values: readonly number[]];

/** One image file directory: the entries, the link to the next directory, then the values that don't fit an entry. */
function directory(entries: readonly Entry[], offset: number, last: boolean): Uint8Array {
  const fixed = 2 + entries.length * 12 + 4;
  const extra = entries.map(([, type, values]) => {
    const size = (typeSizes[type] ?? 0) * values.length;
    return size > 4 ? size : 0;
  });
  const total = fixed + extra.reduce((sum, size) => sum + size + (size % 2), 0);
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  const put = (type: number, at: number, value: number) =>
    type === SHORT ? view.setUint16(at, value, true) : view.setUint32(at, value, true);
  view.setUint16(0, entries.length, true);
  let free = fixed;
  entries.forEach(([tag, type, values], index) => {
    const at = 2 + index * 12;
    const size = extra[index] ?? 0;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, values.length, true);
    if (size > 0) view.setUint32(at + 8, offset + free, true);
    const start = size > 0 ? free : at + 8;
    for (const [position, value] of values.entries())
      put(type, start + position * (typeSizes[type] ?? 0), value);
    free += size + (size % 2);
  });
  view.setUint32(fixed - 4, last ? 0 : offset + total, true);
  return bytes;
}

/**
 * Encode an array as a TIFF file, little-endian and deflate-compressed, one page a plane.
 *
 * @param array `[y, x]`, `[y, x, c]` with `colour`, else `[z, y, x]`; a dtype of `tiffDTypes`
 * @param colour whether the last of three axes is the channels and not the columns
 * @returns the file's bytes
 */
export function encodeTiff(array: NdArray, colour: boolean): Uint8Array {
  const { format, bits } = samples[array.dtype] ?? { format: 1, bits: 8 };
  const planes = array.ndim === 3 && !colour ? [...array] : [array];
  const [height = 0, width = 0, channels = 1] = (planes[0] ?? array).shape;
  const header = Uint8Array.of(0x49, 0x49, 42, 0, 0, 0, 0, 0);
  const strips = planes.map(({ data }) =>
    deflateSync(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  );
  const parts: Uint8Array[] = [header];
  let length = header.length;
  const offsets = strips.map((strip) => {
    const at = length;
    parts.push(strip, new Uint8Array(strip.length % 2));
    length += strip.length + (strip.length % 2);
    return at;
  });
  new DataView(header.buffer).setUint32(4, length, true);
  strips.forEach((strip, index) => {
    const each = (value: number) => new Array<number>(channels).fill(value);
    const entries: Entry[] = [
      [256, LONG, [width]],
      [257, LONG, [height]],
      [258, SHORT, each(bits)],
      [259, SHORT, [8]],
      [262, SHORT, [channels >= 3 ? 2 : 1]],
      [273, LONG, [offsets[index] ?? 0]],
      [277, SHORT, [channels]],
      [278, LONG, [height]],
      [279, LONG, [strip.length]],
      ...(channels === 2 || channels === 4 ? [[338, SHORT, [2]] satisfies Entry] : []),
      [339, SHORT, each(format)],
    ];
    const bytes = directory(entries, length, index === strips.length - 1);
    parts.push(bytes);
    length += bytes.length;
  });
  const file = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

import { fromBase64, toBase64 } from "./base64";
import { DecodeError } from "./decodeerror";
import { inflate } from "./inflate";
import type { EncodedLabels, MaskPayload } from "./maskpayload";
import { decodeRuns, encodeRuns } from "./runlength";

/** Above this many pixels runs decode faster than plain words: 53 ms against 122 ms at 4096². */
const RUN_LENGTH_PIXELS = 8_000_000;

/**
 * Pack the labels of a mask as text.
 *
 * The layout before compression, little-endian and row-major: one 16-bit word a pixel (`u16-deflate`), one 32-bit
 * word when a label exceeds 65,535 (`u32-deflate`), and above 8 megapixels pairs of 32-bit words, label and run
 * length (`rle-deflate`), unless the runs are so short that the plain words are smaller.
 *
 * @param labels `[height, width]` row-major, integers from 0 (background) to 2^32 - 1; not modified
 * @param deflate compresses into the zlib format, such as `deflateSync` of node:zlib
 * @returns encoding and base64 data, for `MaskPayload.labels`
 * @throws {RangeError} if the size does not match or a label is not such an integer
 * @example
 * const labels = encodeLabels([0, 1, 1, 2], 2, 2, deflateSync); // { encoding: "u16-deflate", data: "…" }
 */
export function encodeLabels(
  labels: ArrayLike<number>,
  width: number,
  height: number,
  deflate: (bytes: Uint8Array) => Uint8Array,
): EncodedLabels {
  const pixels = width * height;
  if (labels.length !== pixels) {
    throw new RangeError(
      `Cannot encode labels: ${height}×${width} pixels need ${pixels} labels, got ${labels.length}`,
    );
  }
  const wordBytes = maximumLabel(labels) > 0xffff ? 4 : 2;
  const runs = pixels > RUN_LENGTH_PIXELS ? encodeRuns(labels, pixels * wordBytes) : undefined;
  if (runs) return { encoding: "rle-deflate", data: toBase64(deflate(runs)) };
  const encoding = wordBytes === 4 ? "u32-deflate" : "u16-deflate";
  return { encoding, data: toBase64(deflate(toWords(labels, wordBytes))) };
}

/**
 * Unpack the labels of a mask, checking them against what the payload says about them.
 *
 * Memory stays bounded by the declared size: inflating stops at the first byte too many.
 *
 * @param payload from `parseMaskPayload`; not modified
 * @returns a new array `[height, width]`, of a stack `[planes, height, width]`, row-major; 16-bit when `maxLabel` fits
 * @throws {DecodeError} if the data is not base64 of a zlib stream, has another size, or exceeds `maxLabel`
 * @example
 * const labels = await decodeLabels(payload);
 * const underCursor = labels[y * payload.width + x];
 */
export async function decodeLabels(
  payload: Pick<MaskPayload, "width" | "height" | "stack" | "maxLabel" | "labels">,
): Promise<Uint16Array | Uint32Array> {
  const { labels, maxLabel } = payload;
  const pixels = payload.width * payload.height * (payload.stack?.planes ?? 1);
  const compressed = fromBase64(labels.data, "labels.data");
  const decoded =
    labels.encoding === "rle-deflate"
      ? await decodeRuns(inflate(compressed), pixels, maxLabel)
      : await decodeWords(compressed, pixels, labels.encoding === "u32-deflate" ? 4 : 2);
  const largest = maximumOf(decoded);
  if (largest > maxLabel) {
    throw new DecodeError(
      `Cannot decode labels: labels must be at most maxLabel (${maxLabel}), got ${largest}`,
      "labels.data",
    );
  }
  return decoded;
}

function maximumLabel(labels: ArrayLike<number>): number {
  let maximum = 0;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (label >>> 0 !== label) {
      throw new RangeError(
        `Cannot encode labels: labels must be integers from 0 to 4294967295, got ${label} at index ${i}`,
      );
    }
    if (label > maximum) maximum = label;
  }
  return maximum;
}

function maximumOf(labels: Uint16Array | Uint32Array): number {
  let maximum = 0;
  for (let i = 0; i < labels.length; i++) if (labels[i]! > maximum) maximum = labels[i]!;
  return maximum;
}

function toWords(labels: ArrayLike<number>, wordBytes: 2 | 4): Uint8Array {
  const bytes = new Uint8Array(labels.length * wordBytes);
  for (let i = 0, at = 0; i < labels.length; i++, at += wordBytes) {
    const label = labels[i]!;
    bytes[at] = label;
    bytes[at + 1] = label >>> 8;
    if (wordBytes === 4) {
      bytes[at + 2] = label >>> 16;
      bytes[at + 3] = label >>> 24;
    }
  }
  return bytes;
}

async function decodeWords(
  compressed: Uint8Array,
  pixels: number,
  wordBytes: 2 | 4,
): Promise<Uint16Array | Uint32Array> {
  const size = pixels * wordBytes;
  // Deflate packs at most 1,032 to 1: a size beyond that cannot be honest, and costs no memory here.
  if (size > (compressed.length + 1) * 1032) throw sizeError(size, `${compressed.length} compressed`);
  const bytes = new Uint8Array(size);
  let filled = 0;
  for await (const chunk of inflate(compressed)) {
    if (filled + chunk.length > size) throw sizeError(size, "more");
    bytes.set(chunk, filled);
    filled += chunk.length;
  }
  if (filled !== size) throw sizeError(size, String(filled));
  return fromWords(bytes, wordBytes);
}

function fromWords(bytes: Uint8Array, wordBytes: 2 | 4): Uint16Array | Uint32Array {
  if (wordBytes === 2) {
    const labels = new Uint16Array(bytes.length / 2);
    for (let i = 0; i < labels.length; i++) labels[i] = bytes[2 * i]! | (bytes[2 * i + 1]! << 8);
    return labels;
  }
  const labels = new Uint32Array(bytes.length / 4);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < labels.length; i++) labels[i] = view.getUint32(4 * i, true);
  return labels;
}

function sizeError(size: number, got: string): DecodeError {
  return new DecodeError(
    `Cannot decode labels: labels.data must inflate to ${size} bytes, got ${got} bytes`,
    "labels.data",
  );
}

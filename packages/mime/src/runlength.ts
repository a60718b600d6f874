import { DecodeError } from "./decodeerror";

const PAIR_BYTES = 8;

/**
 * Labels as pairs of little-endian 32-bit words, label and run length; runs go on from row to row.
 * `undefined` when that takes more than `maxBytes`.
 */
export function encodeRuns(labels: ArrayLike<number>, maxBytes: number): Uint8Array | undefined {
  const runs = countRuns(labels);
  if (runs * PAIR_BYTES > maxBytes) return undefined;
  const view = new DataView(new ArrayBuffer(runs * PAIR_BYTES));
  let at = 0;
  let start = 0;
  for (let i = 1; i <= labels.length; i++) {
    if (i < labels.length && labels[i] === labels[start]) continue;
    view.setUint32(at, labels[start]!, true);
    view.setUint32(at + 4, i - start, true);
    at += PAIR_BYTES;
    start = i;
  }
  return new Uint8Array(view.buffer);
}

/** The labels of runs that arrive in pieces; no run may reach past `pixels`. */
export async function decodeRuns(
  pieces: AsyncIterable<Uint8Array>,
  pixels: number,
  maxLabel: number,
): Promise<Uint16Array | Uint32Array> {
  const labels = maxLabel > 0xffff ? new Uint32Array(pixels) : new Uint16Array(pixels);
  let filled = 0;
  let rest: Uint8Array = new Uint8Array(0);
  for await (const piece of pieces) {
    const bytes = rest.length === 0 ? piece : joined(rest, piece);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const whole = bytes.length - (bytes.length % PAIR_BYTES);
    for (let at = 0; at < whole; at += PAIR_BYTES) {
      const label = view.getUint32(at, true);
      const end = filled + view.getUint32(at + 4, true);
      if (label > maxLabel) throw runError(`labels must be at most maxLabel (${maxLabel}), got ${label}`);
      if (end === filled || end > pixels) {
        throw runError(`runs must be 1 to ${pixels - filled} pixels long here, got ${end - filled}`);
      }
      labels.fill(label, filled, end);
      filled = end;
    }
    rest = bytes.slice(whole);
  }
  if (rest.length > 0) throw runError(`runs must be pairs of 32-bit words, got ${rest.length} bytes more`);
  if (filled !== pixels) throw runError(`runs must cover ${pixels} pixels, got ${filled}`);
  return labels;
}

function countRuns(labels: ArrayLike<number>): number {
  let runs = labels.length > 0 ? 1 : 0;
  for (let i = 1; i < labels.length; i++) if (labels[i] !== labels[i - 1]) runs++;
  return runs;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}

function runError(problem: string): DecodeError {
  return new DecodeError(`Cannot decode labels: ${problem}`, "labels.data");
}

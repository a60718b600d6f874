import type { TypedArray } from "@bioengine/ndarray";

/** Less than this is copied as quickly, and may share its memory with others, as small buffers of Node do. */
const leastBytes = 65536;

/**
 * The memory of arrays that may go over to another thread: that which they fill, for the most part.
 *
 * @param arrays nobody uses them after the transfer; undefined ones count as none
 */
export function ownedBuffers(arrays: readonly (TypedArray | undefined)[]): ArrayBuffer[] {
  const used = new Map<ArrayBuffer, number>();
  for (const array of arrays) {
    if (array?.buffer instanceof ArrayBuffer) {
      used.set(array.buffer, (used.get(array.buffer) ?? 0) + array.byteLength);
    }
  }
  return [...used]
    .filter(([buffer, bytes]) => bytes >= leastBytes && 2 * bytes >= buffer.byteLength)
    .map(([buffer]) => buffer);
}

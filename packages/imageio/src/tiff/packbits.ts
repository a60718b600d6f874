/**
 * Decode PackBits (TIFF 6.0, section 9): runs of one byte, and bytes as they are.
 *
 * @param length of the result; what would follow is left out
 * @returns as many bytes as there are, up to `length`
 */
export function decodePackBits(bytes: Uint8Array, length: number): Uint8Array {
  const output = new Uint8Array(length);
  let written = 0;
  for (let position = 0; position < bytes.length && written < length; ) {
    const head = bytes[position++];
    if (head === 128) continue;
    if (head < 128) {
      const some = bytes.subarray(position, position + Math.min(head + 1, length - written));
      output.set(some, written);
      written += some.length;
      position += head + 1;
    } else {
      const end = Math.min(length, written + 257 - head);
      if (position < bytes.length) output.fill(bytes[position++], written, end);
      else return output.subarray(0, written);
      written = end;
    }
  }
  return output.subarray(0, written);
}

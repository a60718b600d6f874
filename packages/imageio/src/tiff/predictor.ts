/**
 * Undo the differences of neighbours (TIFF 6.0, section 14), in place: values of `size` bytes in the machine's order,
 * floats as the integers that their bits are.
 *
 * @param bytes whose memory is aligned for the values
 * @param row values of a row
 * @param step values of a pixel
 */
export function undoDifferences(bytes: Uint8Array, size: number, row: number, step: number): void {
  const { buffer, byteOffset } = bytes;
  const length = bytes.length / size;
  if (size === 8) {
    const values = new BigUint64Array(buffer, byteOffset, length);
    for (let at = step; at < length; at++) if (at % row >= step) values[at] += values[at - step];
    return;
  }
  const values =
    size === 1
      ? bytes
      : new (size === 2 ? Uint16Array : Uint32Array)(bytes.buffer as ArrayBuffer, byteOffset, length);
  for (let start = 0; start < length; start += row) {
    const end = Math.min(start + row, length);
    for (let at = start + step; at < end; at++) values[at] += values[at - step];
  }
}

/**
 * Undo the differences of floats (Adobe Photoshop TIFF Technical Note 3): a row has the first bytes of all values,
 * then the second ones, and so on, the highest byte first.
 *
 * @returns the values' bytes, the lowest first
 */
export function undoFloatDifferences(bytes: Uint8Array, size: number, row: number, step: number): Uint8Array {
  const output = new Uint8Array(bytes.length);
  const length = row * size;
  for (let start = 0; start + length <= bytes.length; start += length) {
    const line = new Uint8Array(bytes.subarray(start, start + length));
    for (let at = step; at < length; at++) line[at] += line[at - step];
    for (let place = 0; place < size; place++) {
      for (let at = 0; at < row; at++) output[start + at * size + size - 1 - place] = line[place * row + at];
    }
  }
  return output;
}

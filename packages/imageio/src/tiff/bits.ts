import { type DType, type TypedArray, zeros } from "@bioengine/ndarray";

/** Turn the bits of each byte around. */
export function reverseBits(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes, (byte) => {
    let turned = 0;
    for (let bit = 0; bit < 8; bit++) turned |= ((byte >> bit) & 1) << (7 - bit);
    return turned;
  });
}

/**
 * Unpack values whose bits follow each other, the highest first; each row begins with a byte.
 *
 * @param row values of a row
 */
export function unpackBits(
  bytes: Uint8Array,
  bits: number,
  dtype: DType,
  row: number,
  rows: number,
): TypedArray {
  const values: TypedArray = zeros([row * rows], dtype).buffer;
  const rowBytes = Math.ceil((row * bits) / 8);
  for (let y = 0; y < rows; y++) {
    let [position, buffer, available] = [y * rowBytes, 0, 0];
    for (let x = 0; x < row; x++) {
      while (available < bits) {
        // Up to 31 bits and 8 more: beyond what shifts can hold.
        buffer = buffer * 256 + bytes[position++];
        available += 8;
      }
      available -= bits;
      const unit = 2 ** available;
      values[y * row + x] = Math.floor(buffer / unit);
      buffer %= unit;
    }
  }
  return values;
}

/**
 * Put values of 0 and 1 into bits, the highest first; each row begins with a byte.
 *
 * @param row number of values in a row
 */
export function packRows(values: Uint8Array, row: number): Uint8Array {
  const rowBytes = Math.ceil(row / 8);
  const rows = values.length / row;
  const packed = new Uint8Array(rows * rowBytes);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < row; x++) packed[y * rowBytes + (x >> 3)] |= values[y * row + x] << (7 - (x & 7));
  }
  return packed;
}

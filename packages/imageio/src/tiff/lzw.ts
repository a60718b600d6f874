const CLEAR = 256;
const END = 257;
const FIRST_FREE = 258;
const MAX_CODES = 4096;

/**
 * Decode LZW as TIFF has it (TIFF 6.0, section 13): codes of 9 to 12 bits, the highest bit first, which grow one code
 * early.
 *
 * @param bytes compressed
 * @param length of the result; what would follow is left out
 * @returns as many bytes as there are, up to `length`
 * @throws {Error} if a code is used before it is defined
 */
export function decodeLzw(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length > 1 && bytes[0] === 0 && (bytes[1] & 1) === 1) {
    throw new Error("its LZW is that of before TIFF 6.0; save it anew with LZW or deflate compression");
  }
  // Each code is an earlier one and a byte more.
  const prefix = new Uint16Array(MAX_CODES);
  const suffix = new Uint8Array(MAX_CODES);
  const lengths = new Uint16Array(MAX_CODES);
  for (let code = 0; code < CLEAR; code++) {
    suffix[code] = code;
    lengths[code] = 1;
  }
  const output = new Uint8Array(length);
  let [written, next, width, previous] = [0, FIRST_FREE, 9, CLEAR];
  let [position, buffer, available] = [0, 0, 0];
  while (written < length) {
    while (available < width) {
      if (position >= bytes.length) return output.subarray(0, written);
      buffer = ((buffer << 8) | bytes[position++]) & 0xffffff;
      available += 8;
    }
    available -= width;
    const code = (buffer >> available) & ((1 << width) - 1);
    if (code === END) break;
    if (code === CLEAR) {
      [next, width, previous] = [FIRST_FREE, 9, CLEAR];
      continue;
    }
    const isNew = code === next && previous !== CLEAR && next < MAX_CODES;
    if (!isNew && (code >= next || code === END)) throw new Error("its LZW data is damaged");
    const known = isNew ? previous : code;
    const size = lengths[known] + (isNew ? 1 : 0);
    let at = written + lengths[known] - 1;
    let first = known;
    for (let link = known; ; link = prefix[link]) {
      if (at < length) output[at] = suffix[link];
      at--;
      first = link;
      if (lengths[link] === 1) break;
    }
    if (isNew && written + size <= length) output[written + size - 1] = suffix[first];
    written = Math.min(length, written + size);
    if (previous !== CLEAR && next < MAX_CODES) {
      prefix[next] = previous;
      suffix[next] = suffix[first];
      lengths[next] = lengths[previous] + 1;
      next++;
    }
    if (next >= (1 << width) - 1 && width < 12) width++;
    previous = code;
  }
  return output.subarray(0, written);
}

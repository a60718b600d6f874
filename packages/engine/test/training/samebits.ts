const bitsOf = ({ buffer, byteOffset, byteLength }: Float32Array | Uint8Array) =>
  Buffer.from(buffer, byteOffset, byteLength);

/** Whether arrays have the same bits; `toEqual()` takes half a minute for millions of elements. */
export const haveSameBits = (
  found: Float32Array | Uint8Array,
  expected: Float32Array | Uint8Array,
): boolean => bitsOf(found).equals(bitsOf(expected));

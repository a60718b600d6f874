// Both 16-bit formats are read and written through the bits of a float32. Rounding is to nearest, halves to even.

/** IEEE 754 half-precision bits of each value; what is too large becomes infinite. */
export function packFloat16(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const packed = new Uint16Array(values.length);
  for (let i = 0; i < packed.length; i++) {
    const sign = (bits[i] >>> 16) & 0x8000;
    const magnitude = bits[i] & 0x7fffffff;
    if (magnitude > 0x7f800000) packed[i] = sign | 0x7e00;
    else if (magnitude >= 0x477ff000) packed[i] = sign | 0x7c00;
    else if (magnitude >= 0x38800000) packed[i] = sign | (roundShift(magnitude, 13) - 0x1c000);
    else if (magnitude < 0x33000000) packed[i] = sign;
    else packed[i] = sign | roundShift((magnitude & 0x7fffff) | 0x800000, 126 - (magnitude >>> 23));
  }
  return packed;
}

function roundShift(value: number, shift: number): number {
  const odd = (value >>> shift) & 1;
  return (value + (1 << (shift - 1)) - 1 + odd) >>> shift;
}

/** The values of IEEE 754 half-precision bits. */
export function unpackFloat16(packed: Uint16Array): Float32Array {
  const values = new Float32Array(packed.length);
  const bits = new Uint32Array(values.buffer);
  for (let i = 0; i < packed.length; i++) {
    const sign = (packed[i] & 0x8000) << 16;
    const magnitude = packed[i] & 0x7fff;
    if (magnitude >= 0x7c00) bits[i] = sign | 0x7f800000 | ((magnitude & 0x3ff) << 13);
    else if (magnitude >= 0x400) bits[i] = sign | ((magnitude << 13) + 0x38000000);
    else values[i] = (sign === 0 ? magnitude : -magnitude) * 2 ** -24;
  }
  return values;
}

/** bfloat16 bits of each value: the upper half of a float32. */
export function packBfloat16(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const packed = new Uint16Array(values.length);
  for (let i = 0; i < packed.length; i++) {
    const nan = (bits[i] & 0x7fffffff) > 0x7f800000;
    packed[i] = nan ? (bits[i] >>> 16) | 0x40 : (bits[i] + 0x7fff + ((bits[i] >>> 16) & 1)) >>> 16;
  }
  return packed;
}

/** The values of bfloat16 bits. */
export function unpackBfloat16(packed: Uint16Array): Float32Array {
  const values = new Float32Array(packed.length);
  const bits = new Uint32Array(values.buffer);
  for (let i = 0; i < packed.length; i++) bits[i] = packed[i] << 16;
  return values;
}

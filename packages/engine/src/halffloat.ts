/** The 16 bits of each value; the values are half-precision numbers already, as float16 arrays hold them. */
export function halfBits(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(values, (value, index) => {
    const sign = (bits[index] >>> 16) & 0x8000;
    const [exponent, fraction] = [(bits[index] >>> 23) & 0xff, (bits[index] >>> 13) & 0x3ff];
    if (exponent === 0xff) return sign | 0x7c00 | (Number.isNaN(value) ? 0x200 : 0);
    return exponent > 112 ? sign | ((exponent - 112) << 10) | fraction : sign | (Math.abs(value) * 2 ** 24);
  });
}

/** The values of half-precision bits. */
export function halfValues(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, (half) => {
    const [exponent, fraction] = [(half >>> 10) & 31, half & 0x3ff];
    let magnitude = exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25);
    if (exponent === 31) magnitude = fraction === 0 ? Number.POSITIVE_INFINITY : Number.NaN;
    return half & 0x8000 ? -magnitude : magnitude;
  });
}

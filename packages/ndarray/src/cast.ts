import { allocate, type DataOf, type DType, isBig, isFloat, type TypedArray } from "./dtype";

/** Round to a binary floating-point format, halves to even; too large numbers become infinite. */
function roundTo(value: number, fractionBits: number, minimumExponent: number, limit: number): number {
  const magnitude = Math.abs(value);
  if (!(magnitude > 0) || magnitude === Number.POSITIVE_INFINITY) return value;
  if (magnitude >= limit) return value * Number.POSITIVE_INFINITY;
  let exponent = Math.max(Math.floor(Math.log2(magnitude)), minimumExponent);
  // log2 rounds, so that it can be one off beside a power of two.
  if (2 ** exponent > magnitude && exponent > minimumExponent) exponent--;
  const quantum = 2 ** (exponent - fractionBits);
  const steps = value / quantum;
  const below = Math.floor(steps);
  const rest = steps - below;
  const rounded = rest > 0.5 || (rest === 0.5 && below % 2 !== 0) ? below + 1 : below;
  return rounded * quantum;
}

const roundToFloat16 = (value: number) => roundTo(value, 10, -14, 65520);
const roundToBfloat16 = (value: number) => roundTo(value, 7, -126, 2 ** 128 * (1 - 2 ** -9));

/** Rounds a number to what an element of the dtype can hold; undefined where the typed array does it. */
export function rounding(dtype: DType): ((value: number) => number) | undefined {
  if (dtype === "float16") return roundToFloat16;
  if (dtype === "bfloat16") return roundToBfloat16;
  if (dtype === "bool") return (value) => (value !== 0 ? 1 : 0);
  return undefined;
}

/** An element as a bigint: fractions are dropped, NaN and infinities are 0. */
const toBigInt = (value: number | bigint): bigint =>
  typeof value === "bigint" ? value : Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n;

/**
 * Convert elements to another dtype; see `NdArray.astype` for the rules.
 *
 * @returns a new array, also when the dtypes are equal
 */
export function cast<D extends DType>(data: TypedArray, from: DType, to: D): DataOf<D> {
  const target = allocate(to, data.length);
  const length = data.length;
  if (target instanceof BigInt64Array || target instanceof BigUint64Array) {
    for (let i = 0; i < length; i++) target[i] = toBigInt(data[i]);
    return target;
  }
  const round = rounding(to);
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    // An integer target keeps the low bits, as C does; Number() alone would round them away.
    for (let i = 0; i < length; i++) {
      const value = isFloat(to) || to === "bool" ? Number(data[i]) : Number(BigInt.asIntN(32, data[i]));
      target[i] = round ? round(to === "bool" && data[i] !== 0n ? 1 : value) : value;
    }
    return target;
  }
  if (round && from !== to) for (let i = 0; i < length; i++) target[i] = round(data[i]);
  else target.set(data);
  return target;
}

/** Whether a number is exactly an element of the dtype. */
export function fits(value: number, dtype: DType): boolean {
  if (isBig(dtype)) {
    const [low, high] = dtype === "int64" ? [-(2 ** 63), 2 ** 63] : [0, 2 ** 64];
    return Number.isInteger(value) && value >= low && value < high;
  }
  const holder = allocate(dtype, 1);
  holder.set([rounding(dtype)?.(value) ?? value] as never);
  return Number(holder[0]) === value;
}

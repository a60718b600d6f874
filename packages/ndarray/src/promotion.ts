import { type DType, isBig, isFloat, itemSize } from "./dtype";

const integer = (signed: boolean, size: number): DType =>
  size > 8 ? "float64" : (`${signed ? "int" : "uint"}${size * 8}` as DType);

function floatWithInteger(float: DType, other: DType): DType {
  if (other === "bool" || float === "float64") return float;
  const size = itemSize(other);
  if (size === 1) return float;
  return size === 2 ? "float32" : "float64";
}

/**
 * The dtype that holds the elements of both: numpy's promotion rules, e.g. uint8 and int8 give int16, int32 and
 * float32 give float64; float16 with bfloat16 gives float32.
 */
export function promote(a: DType, b: DType): DType {
  if (a === b || b === "bool") return a;
  if (a === "bool") return b;
  if (isFloat(a) && isFloat(b)) {
    if (itemSize(a) === itemSize(b)) return "float32";
    return itemSize(a) > itemSize(b) ? a : b;
  }
  if (isFloat(a)) return floatWithInteger(a, b);
  if (isFloat(b)) return floatWithInteger(b, a);
  const [signedA, signedB] = [a.startsWith("int"), b.startsWith("int")];
  const [sizeA, sizeB] = [itemSize(a), itemSize(b)];
  if (signedA === signedB) return sizeA >= sizeB ? a : b;
  const [signed, unsigned] = signedA ? [sizeA, sizeB] : [sizeB, sizeA];
  return integer(true, signed > unsigned ? signed : unsigned * 2);
}

/**
 * The dtype of an operation of an array with a plain number, which is weak (numpy's NEP 50): the array's own if it
 * is of floats, or of integers and the number is whole; float64 otherwise. A bool array counts as int32.
 */
export function promoteNumber(dtype: DType, value: number): DType {
  if (isFloat(dtype)) return dtype;
  if (!Number.isInteger(value)) return "float64";
  return dtype === "bool" ? "int32" : dtype;
}

/** The dtype of a true division: floats stay what they are, everything else gives float64. */
export const quotient = (dtype: DType): DType => (isFloat(dtype) && !isBig(dtype) ? dtype : "float64");

import { itemSize, type NdArray, sizeOf } from "@bioengine/ndarray";
import { arrayOfBytes } from "./arraybytes";
import { PickledDType } from "./pickleddtype";
import { kindOf, pickleError, shown } from "./pickleerror";
import { plainInteger } from "./picklesource";

// numpy 2 has no more axes.
const mostAxes = 64;

const isLength = (value: unknown): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0;

const isShape = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length <= mostAxes && value.every(isLength);

/** The array that numpy made of these parts; `bytes` are copied. */
function arrayOf(shape: unknown, dtype: unknown, isFortran: boolean, bytes: unknown): NdArray {
  if (!(dtype instanceof PickledDType)) throw pickleError("an array must have a dtype", kindOf(dtype));
  if (!isShape(shape)) {
    throw pickleError(
      `the shape of an array must be up to ${mostAxes} whole numbers`,
      Array.isArray(shape) ? `[${shape.slice(0, mostAxes).map(shown).join(", ")}]` : kindOf(shape),
    );
  }
  const wanted = sizeOf(shape) * itemSize(dtype.dtype);
  if (!(bytes instanceof Uint8Array) || bytes.length !== wanted) {
    const found = bytes instanceof Uint8Array ? `${bytes.length}` : kindOf(bytes);
    throw pickleError(
      `an array of shape [${shape.join(", ")}] ${dtype.dtype} must have ${wanted} bytes`,
      found,
    );
  }
  return arrayOfBytes(bytes, { dtype: dtype.dtype, isBigEndian: dtype.isBigEndian, isFortran }, shape);
}

/** An array as a pickle makes it: first nothing, then all of it. */
export class PickledArray {
  private whole: NdArray | undefined;

  /** Take the state that numpy gives an array: version, shape, dtype, whether in Fortran's order, bytes. */
  setState(state: unknown): void {
    const [version, shape, dtype, isFortran, bytes, ...rest] = Array.isArray(state) ? state : [];
    if (version !== 1 || typeof isFortran !== "boolean" || rest.length > 0) {
      throw pickleError("the state of an array must be of version 1", shown(version));
    }
    this.whole = arrayOf(shape, dtype, isFortran, bytes);
  }

  get array(): NdArray {
    if (this.whole === undefined) throw pickleError("each array must have its elements", "an array without");
    return this.whole;
  }
}

const areAxes = (value: unknown, count: number): value is number[] =>
  isShape(value) &&
  value.length === count &&
  new Set(value).size === count &&
  value.every((axis) => axis < count);

/**
 * What numpy's `_frombuffer` gives: the array of some bytes, a dtype, a shape and an order, C or F; or since numpy 2.3
 * K, with what the axes of that array are to be.
 */
export function frombuffer(parts: readonly unknown[]): NdArray {
  const [bytes, dtype, shape, order, axes] = parts;
  if (order === "K" && parts.length === 5) {
    const array = arrayOf(shape, dtype, false, bytes);
    if (!areAxes(axes, array.ndim))
      throw pickleError("the axes of an array must each come once", kindOf(axes));
    return array.transpose(axes);
  }
  if ((order !== "C" && order !== "F") || parts.length !== 4) {
    throw pickleError("the order of an array must be C, F, or K with axes", shown(order));
  }
  return arrayOf(shape, dtype, order === "F", bytes);
}

/** What numpy's `scalar` gives, as a plain value: the one element of a dtype and its bytes. */
export function scalar(parts: readonly unknown[]): number | bigint | boolean {
  const [dtype, bytes] = parts;
  const array = arrayOf([], dtype, false, parts.length === 2 ? bytes : undefined);
  const value = array.data[0];
  if (array.dtype === "bool") return value !== 0;
  return typeof value === "bigint" ? plainInteger(value) : value;
}

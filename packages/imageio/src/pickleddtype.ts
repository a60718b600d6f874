import { type DType, itemSize } from "@bioengine/ndarray";
import { numpyDType, numpyKind, numpyNeed } from "./numpydtype";
import { kindOf, pickleError, shown } from "./pickleerror";

/** A numpy dtype as a pickle makes it: first its name, then its byte order. */
export class PickledDType {
  readonly dtype: DType;
  private order: unknown;

  /** @param parts what `numpy.dtype` is called with: the name, and whether to align and to copy */
  constructor(parts: readonly unknown[]) {
    const name = parts[0];
    const dtype = numpyDType(name);
    if (parts.length !== 3 || dtype === undefined) {
      throw pickleError(numpyNeed, `${numpyKind(name)} (${shown(name)})`);
    }
    this.dtype = dtype;
  }

  /** Take the state that numpy gives a dtype: version, byte order, and what only other dtypes have. */
  setState(state: unknown): void {
    const [version, order, subarray, fieldNames, fields] = Array.isArray(state) ? state : [];
    const isPlain = subarray === null && fieldNames === null && fields === null;
    const orders: unknown[] = itemSize(this.dtype) === 1 ? ["|", "<", ">", "="] : ["<", ">"];
    if (version !== 3 || !isPlain || !orders.includes(order)) {
      throw pickleError(`the state of the dtype ${this.dtype} must be that of plain numbers`, kindOf(state));
    }
    this.order = order;
  }

  get isBigEndian(): boolean {
    if (this.order === undefined) throw pickleError("a dtype must have a byte order", `none (${this.dtype})`);
    return this.order === ">" && itemSize(this.dtype) > 1;
  }
}

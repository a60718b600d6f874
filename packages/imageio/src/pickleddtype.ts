import { type DType, itemSize } from "@bioengine/ndarray";
import { kindOf, pickleError, shown } from "./pickleerror";

/** What numpy calls the dtypes, by kind and number of bytes. */
const names: ReadonlyMap<unknown, DType> = new Map([
  ["b1", "bool"],
  ["u1", "uint8"],
  ["u2", "uint16"],
  ["u4", "uint32"],
  ["u8", "uint64"],
  ["i1", "int8"],
  ["i2", "int16"],
  ["i4", "int32"],
  ["i8", "int64"],
  ["f2", "float16"],
  ["f4", "float32"],
  ["f8", "float64"],
]);

/** What the kinds of numpy are called that hold no numbers, or none that an array holds here. */
const otherKinds: Record<string, string> = {
  O: "objects",
  V: "a structured dtype",
  U: "text",
  S: "bytes",
  c: "complex numbers",
  M: "dates",
  m: "times",
};

/** A numpy dtype as a pickle makes it: first its name, then its byte order. */
export class PickledDType {
  readonly dtype: DType;
  private order: unknown;

  /** @param parts what `numpy.dtype` is called with: the name, and whether to align and to copy */
  constructor(parts: readonly unknown[]) {
    const name = parts[0];
    const dtype = names.get(name);
    if (parts.length !== 3 || dtype === undefined) {
      const kind = typeof name === "string" ? otherKinds[name.charAt(0)] : undefined;
      throw pickleError(
        "arrays must hold bool, integers, float16, float32 or float64",
        `${kind ?? "the dtype"} (${shown(name)})`,
      );
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

import { itemSize, NdArray } from "@bioengine/ndarray";
import { kindOf, pickleError } from "./pickleerror";
import type { PickleSource } from "./picklesource";

/** Values that a pickle may make: far more than files of arrays do, and no more than memory holds. */
const mostValues = 2 ** 21;

/** Where the values of a pickle are put together: the stack, its marks, and what is remembered. */
export class PickleMachine {
  readonly source: PickleSource;
  private readonly stack: unknown[] = [];
  private readonly marks: number[] = [];
  private readonly memo = new Map<number, unknown>();
  private readonly tuples = new WeakSet<object>();
  private count = 0;
  private bytesLeft: number;

  constructor(source: PickleSource) {
    this.source = source;
    // Twice, as old protocols hold an array's bytes as text.
    this.bytesLeft = 2 * source.length;
  }

  push(value: unknown): void {
    if (++this.count > mostValues) {
      throw pickleError(`there may be ${mostValues} values`, "more");
    }
    this.stack.push(value);
  }

  pushTuple(values: unknown[]): void {
    this.tuples.add(values);
    this.push(values);
  }

  /** Account for bytes that were copied: references to the same bytes must not multiply them. */
  spend(made: unknown): void {
    if (made instanceof Uint8Array) this.bytesLeft -= made.length;
    if (made instanceof NdArray) this.bytesLeft -= made.size * itemSize(made.dtype);
    if (this.bytesLeft < 0) throw pickleError("its arrays must not be larger than the file", "larger ones");
  }

  private get floor(): number {
    return this.marks.at(-1) ?? 0;
  }

  top(): unknown {
    if (this.stack.length <= this.floor) throw pickleError("each operation must have its values", "too few");
    return this.stack[this.stack.length - 1];
  }

  pop(): unknown {
    const value = this.top();
    this.stack.length -= 1;
    return value;
  }

  mark(): void {
    if (this.marks.length >= mostValues) throw pickleError(`there may be ${mostValues} marks`, "more");
    this.marks.push(this.stack.length);
  }

  /** Take all values since the last mark, and the mark. */
  popToMark(): unknown[] {
    const mark = this.marks.pop();
    if (mark === undefined) throw pickleError("each operation must have its mark", "none");
    return this.stack.splice(mark);
  }

  remember(index: number = this.memo.size): void {
    if (this.memo.size >= mostValues) throw pickleError(`there may be ${mostValues} references`, "more");
    this.memo.set(index, this.top());
  }

  recall(index: number): void {
    if (!this.memo.has(index)) throw pickleError("a reference must be to an earlier value", `${index}`);
    this.push(this.memo.get(index));
  }

  isTuple(value: unknown): value is unknown[] {
    return Array.isArray(value) && this.tuples.has(value);
  }

  /** The list that is on top. */
  list(): unknown[] {
    const value = this.top();
    if (!Array.isArray(value) || this.isTuple(value))
      throw pickleError("values must go to a list", this.isTuple(value) ? "a tuple" : kindOf(value));
    return value;
  }

  /** The dict that is on top. */
  dict(): Map<unknown, unknown> {
    const value = this.top();
    if (!(value instanceof Map)) throw pickleError("keys must go to a dict", kindOf(value));
    return value;
  }

  /** The last value; there may be nothing beside it. */
  end(): unknown {
    const value = this.pop();
    if (this.stack.length > 0 || this.marks.length > 0) throw pickleError("it must hold one value", "more");
    if (this.source.left > 0) throw pickleError("nothing may follow its end", `${this.source.left} bytes`);
    return value;
  }
}

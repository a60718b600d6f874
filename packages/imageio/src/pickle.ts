import { PickledArray } from "./pickledarray";
import { PickledDType } from "./pickleddtype";
import { PickledGlobal } from "./pickledglobal";
import { pickleError } from "./pickleerror";
import { PickleMachine } from "./picklemachine";
import { operations, refusedName, stop } from "./pickleopcode";
import { PickleSource } from "./picklesource";

/** A value as it is given out; names and dtypes are no values by themselves. */
function finished(value: unknown): unknown {
  if (value instanceof PickledArray) return value.array;
  const name =
    value instanceof PickledGlobal ? value.name : value instanceof PickledDType ? "numpy.dtype" : undefined;
  if (name !== undefined) throw pickleError("values must be plain or arrays", `${name} itself`);
  return value;
}

/** Finish all that a value holds, in place. Not by recursion: a file can nest deeper than the stack. */
function finishAll(root: unknown): unknown {
  const holder = [root];
  const seen = new Set<unknown>([holder]);
  const waiting: (unknown[] | Map<unknown, unknown>)[] = [holder];
  const visit = (value: unknown): unknown => {
    const whole = finished(value);
    if ((Array.isArray(whole) || whole instanceof Map) && !seen.has(whole)) {
      seen.add(whole);
      waiting.push(whole);
    }
    return whole;
  };
  for (let container = waiting.pop(); container !== undefined; container = waiting.pop()) {
    if (Array.isArray(container)) {
      for (const [at, value] of container.entries()) container[at] = visit(value);
    } else {
      for (const [key, value] of container) {
        visit(key);
        container.set(key, visit(value));
      }
    }
  }
  return holder[0];
}

/**
 * Read a Python pickle of plain values and numpy arrays, without running anything of it.
 *
 * Protocols 2 to 5. A list or a tuple becomes an array, a dict a Map, None null, bytes a Uint8Array (a view of
 * `bytes`), an int a number or beyond 2^53 a bigint, a numpy scalar such a plain value. numpy arrays, of bool, integers,
 * float16, float32 and float64 in any byte order, become an NdArray with its own memory.
 *
 * @param bytes the whole pickle, protocol 2 to 5, at most 2^21 values; not modified
 * @returns the value
 * @throws {ImageFileError} if the pickle names anything else of Python's, such as a class or a function, or has arrays
 *   of another dtype, or is damaged; the message says which
 * @throws {TypeError} if `bytes` is no Uint8Array
 * @example
 * const samples = readPickle(await readFile("train_samples.pkl"));
 */
export function readPickle(bytes: Uint8Array): unknown {
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(`Cannot read the pickle: bytes must be a Uint8Array, got ${typeof bytes}`);
  }
  // Parts of a Buffer would be Buffers.
  const source = new PickleSource(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length));
  const machine = new PickleMachine(source);
  for (let code = source.uint8(); code !== stop; code = source.uint8()) {
    const operation = operations.get(code);
    if (operation === undefined) {
      throw pickleError("only operations that make plain values are read", refusedName(code));
    }
    operation(machine);
  }
  return finishAll(machine.end());
}

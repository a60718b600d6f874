import { PickledArray } from "./pickledarray";
import { PickledDType } from "./pickleddtype";
import { globalOf, PickledGlobal } from "./pickledglobal";
import { kindOf, pickleError } from "./pickleerror";
import type { PickleMachine } from "./picklemachine";

/** What one operation does. */
export type Operation = (machine: PickleMachine) => void;

// Python's newest protocol.
const newestProtocol = 5;

function protocol({ source }: PickleMachine): void {
  const version = source.uint8();
  if (version > newestProtocol)
    throw pickleError(`the protocol must be 0 to ${newestProtocol}`, String(version));
}

// All bytes are here at once, so that frames only say a length that must be there.
function frame({ source }: PickleMachine): void {
  const length = source.uint64();
  if (length > source.left) {
    throw pickleError("it must be whole", `${source.left} bytes where a frame of ${length} is announced`);
  }
}

function popTuple(machine: PickleMachine, length: number): void {
  const values = Array.from({ length }, () => machine.pop());
  machine.pushTuple(values.reverse());
}

function append(machine: PickleMachine): void {
  const value = machine.pop();
  machine.list().push(value);
}

function appendAll(machine: PickleMachine): void {
  const values = machine.popToMark();
  const list = machine.list();
  for (const value of values) list.push(value);
}

function setItems(machine: PickleMachine, items: readonly unknown[]): void {
  const dict = machine.dict();
  if (items.length % 2 > 0) throw pickleError("each key must have a value", "none");
  for (let at = 0; at < items.length; at += 2) {
    const key = items[at];
    const isPlain = key === null || typeof key !== "object" || key instanceof Uint8Array;
    if (!isPlain && !machine.isTuple(key))
      throw pickleError("keys must be plain values or tuples", kindOf(key));
    dict.set(key, items[at + 1]);
  }
}

function setItem(machine: PickleMachine): void {
  const value = machine.pop();
  const key = machine.pop();
  setItems(machine, [key, value]);
}

function stackGlobal(machine: PickleMachine): void {
  const name = machine.pop();
  const module = machine.pop();
  if (typeof module !== "string" || typeof name !== "string") {
    throw pickleError("a module and a name must be text", `${typeof module} and ${typeof name}`);
  }
  machine.push(globalOf(module, name));
}

function reduce(machine: PickleMachine): void {
  const parts = machine.pop();
  const global = machine.pop();
  if (!(global instanceof PickledGlobal) || !machine.isTuple(parts)) {
    throw pickleError(
      "a call must have a name and a tuple of values",
      `${kindOf(global)} and ${kindOf(parts)}`,
    );
  }
  const made = global.call(parts);
  machine.spend(made);
  machine.push(made);
}

function build(machine: PickleMachine): void {
  const state = machine.pop();
  const target = machine.top();
  if (!machine.isTuple(state) || !(target instanceof PickledArray || target instanceof PickledDType)) {
    throw pickleError("only arrays and dtypes may have a state, in a tuple", kindOf(target));
  }
  target.setState(state);
  if (target instanceof PickledArray) machine.spend(target.array);
}

/**
 * The operations that are run, by their byte: those that pickles of plain values and numpy arrays are made of. Names
 * and bytes are those of Python's `pickletools`.
 */
export const operations: ReadonlyMap<number, Operation> = new Map<number, Operation>([
  [0x80, protocol],
  [0x95, frame],
  [0x28, (machine) => machine.mark()],
  // MEMOIZE, BINPUT, LONG_BINPUT, BINGET, LONG_BINGET
  [0x94, (machine) => machine.remember()],
  [0x71, (machine) => machine.remember(machine.source.uint8())],
  [0x72, (machine) => machine.remember(machine.source.uint32())],
  [0x68, (machine) => machine.recall(machine.source.uint8())],
  [0x6a, (machine) => machine.recall(machine.source.uint32())],
  // NONE, NEWTRUE, NEWFALSE
  [0x4e, (machine) => machine.push(null)],
  [0x88, (machine) => machine.push(true)],
  [0x89, (machine) => machine.push(false)],
  // BININT, BININT1, BININT2, LONG1, BINFLOAT
  [0x4a, (machine) => machine.push(machine.source.int32())],
  [0x4b, (machine) => machine.push(machine.source.uint8())],
  [0x4d, (machine) => machine.push(machine.source.uint16())],
  [0x8a, (machine) => machine.push(machine.source.integer(machine.source.uint8()))],
  [0x47, (machine) => machine.push(machine.source.float64())],
  // BINUNICODE, SHORT_BINUNICODE, BINUNICODE8
  [0x58, (machine) => machine.push(machine.source.text(machine.source.uint32()))],
  [0x8c, (machine) => machine.push(machine.source.text(machine.source.uint8()))],
  [0x8d, (machine) => machine.push(machine.source.text(machine.source.uint64()))],
  // BINBYTES, SHORT_BINBYTES, BINBYTES8, BYTEARRAY8
  [0x42, (machine) => machine.push(machine.source.take(machine.source.uint32()))],
  [0x43, (machine) => machine.push(machine.source.take(machine.source.uint8()))],
  [0x8e, (machine) => machine.push(machine.source.take(machine.source.uint64()))],
  [0x96, (machine) => machine.push(machine.source.take(machine.source.uint64()))],
  // EMPTY_LIST, APPEND, APPENDS
  [0x5d, (machine) => machine.push([])],
  [0x61, append],
  [0x65, appendAll],
  // EMPTY_DICT, SETITEM, SETITEMS
  [0x7d, (machine) => machine.push(new Map())],
  [0x73, setItem],
  [0x75, (machine) => setItems(machine, machine.popToMark())],
  // EMPTY_TUPLE, TUPLE, TUPLE1, TUPLE2, TUPLE3
  [0x29, (machine) => machine.pushTuple([])],
  [0x74, (machine) => machine.pushTuple(machine.popToMark())],
  [0x85, (machine) => popTuple(machine, 1)],
  [0x86, (machine) => popTuple(machine, 2)],
  [0x87, (machine) => popTuple(machine, 3)],
  // GLOBAL, STACK_GLOBAL, REDUCE, BUILD
  [0x63, (machine) => machine.push(globalOf(machine.source.line(), machine.source.line()))],
  [0x93, stackGlobal],
  [0x52, reduce],
  [0x62, build],
]);

/** The operation that ends a pickle. */
export const stop = 0x2e;

/** Names of the operations that are refused, for messages. */
const refused: ReadonlyMap<number, string> = new Map([
  [0x30, "POP"],
  [0x31, "POP_MARK"],
  [0x32, "DUP"],
  [0x46, "FLOAT"],
  [0x49, "INT"],
  [0x4c, "LONG"],
  [0x50, "PERSID"],
  [0x51, "BINPERSID"],
  [0x53, "STRING"],
  [0x54, "BINSTRING"],
  [0x55, "SHORT_BINSTRING"],
  [0x56, "UNICODE"],
  [0x64, "DICT"],
  [0x67, "GET"],
  [0x69, "INST"],
  [0x6c, "LIST"],
  [0x6f, "OBJ"],
  [0x70, "PUT"],
  [0x81, "NEWOBJ"],
  [0x82, "EXT1"],
  [0x83, "EXT2"],
  [0x84, "EXT4"],
  [0x8b, "LONG4"],
  [0x8f, "EMPTY_SET"],
  [0x90, "ADDITEMS"],
  [0x91, "FROZENSET"],
  [0x92, "NEWOBJ_EX"],
  [0x97, "NEXT_BUFFER"],
  [0x98, "READONLY_BUFFER"],
]);

/** The name of an operation that is refused, e.g. `INST`. */
export const refusedName = (code: number): string => refused.get(code) ?? `the byte ${code}`;

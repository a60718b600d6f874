import { frombuffer, PickledArray, scalar } from "./pickledarray";
import { PickledDType } from "./pickleddtype";
import { kindOf, pickleError, shown } from "./pickleerror";

type Call = (parts: readonly unknown[]) => unknown;

/** A name of Python's that a pickle may use: what stands for it here, as nothing of Python is run. */
export class PickledGlobal {
  readonly name: string;
  readonly call: Call;

  constructor(name: string, call: Call) {
    this.name = name;
    this.call = call;
  }
}

const refuseCall: Call = () => {
  throw pickleError("no type but those of plain values may be made", "numpy.ndarray");
};
const ndarrayType = new PickledGlobal("numpy.ndarray", refuseCall);

// Protocols 0 to 2 have no bytes: they are text, one character each.
function encode(parts: readonly unknown[]): Uint8Array {
  const [text, encoding] = parts;
  if (parts.length !== 2 || typeof text !== "string" || encoding !== "latin1") {
    throw pickleError("_codecs.encode must get text and latin1", shown(encoding));
  }
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 255) throw pickleError("bytes must be text in latin1", `a character of code ${code}`);
    bytes[at] = code;
  }
  return bytes;
}

// And where there are no bytes at all, they call the type.
function noBytes(parts: readonly unknown[]): Uint8Array {
  if (parts.length > 0) throw pickleError("__builtin__.bytes must be called without a value", "one");
  return new Uint8Array(0);
}

// numpy calls it with the type, the shape (0,) and b"b"; the state that follows says all the rest.
function reconstruct(parts: readonly unknown[]): PickledArray {
  if (parts[0] !== ndarrayType) throw pickleError("an array must be a numpy.ndarray", kindOf(parts[0]));
  return new PickledArray();
}

const calls: readonly (readonly [name: string, call: Call])[] = [
  ["numpy.dtype", (parts) => new PickledDType(parts)],
  ["_codecs.encode", encode],
  ["__builtin__.bytes", noBytes],
  // numpy 1 has core where numpy 2 has _core.
  ...["core", "_core"].flatMap((core): (readonly [string, Call])[] => [
    [`numpy.${core}.multiarray._reconstruct`, reconstruct],
    [`numpy.${core}.multiarray.scalar`, scalar],
    [`numpy.${core}.numeric._frombuffer`, frombuffer],
  ]),
];

const globals: ReadonlyMap<string, PickledGlobal> = new Map(
  [ndarrayType, ...calls.map(([name, call]) => new PickledGlobal(name, call))].map((global) => [
    global.name,
    global,
  ]),
);

/**
 * The meaning of a name of Python's.
 *
 * @throws {ImageFileError} if it is not on the list: no other is looked up, and nothing is imported
 */
export function globalOf(module: string, name: string): PickledGlobal {
  const whole = `${module}.${name}`;
  const global = globals.get(whole);
  if (global === undefined)
    throw pickleError("only plain values and numpy arrays of numbers are read", whole);
  return global;
}

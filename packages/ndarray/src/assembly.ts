/**
 * A small assembler of WebAssembly, for the loops whose vectors JavaScript can't express. Code is written as nested
 * calls, an instruction's operands before its own bytes, as the machine takes them.
 * Numbers: https://webassembly.github.io/spec/core/binary/instructions.html
 */
export type Code = readonly (number | Code)[];

/** Memory that kernels work on. */
export interface Memory {
  /** Another one once the memory has grown. */
  readonly buffer: ArrayBuffer;
  /** Grow by so many pages of 64 KiB. */
  readonly grow: (pages: number) => number;
}

/** Runs a kernel. */
export type Run = (...values: number[]) => void;

declare const WebAssembly: {
  Memory: new (limits: { initial: number }) => Memory;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (
    module: object,
    imports: Record<string, Record<string, object>>,
  ) => { readonly exports: Readonly<Record<string, Run>> };
};

/** Bytes that memory is made, and grows, in multiples of. */
export const PAGE = 65536;
const [I32, I64, V128] = [0x7f, 0x7e, 0x7b];
const NOTHING = 0x40;

function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
  bytes.push(rest);
  return bytes;
}

function signed(value: number): number[] {
  const [low, rest] = [value & 127, value >> 7];
  const isLast = (rest === 0 && low < 64) || (rest === -1 && low >= 64);
  return isLast ? [low] : [low | 128, ...signed(rest)];
}

// Arrays are joined by `concat`: to spread them takes several times as long until the compiler has seen it.
const counted = (items: readonly (readonly number[])[]): number[] => unsigned(items.length).concat(...items);
const section = (number: number, content: readonly number[]): number[] =>
  [number].concat(unsigned(content.length), content);
const text = (value: string): number[] =>
  unsigned(value.length).concat(Array.from(value, (character) => character.charCodeAt(0)));

/** The bytes of code, which stays nested until it is complete: to copy it at each level would take most of the time. */
function bytesOf(code: Code): number[] {
  const bytes: number[] = [];
  const open: (number | Code)[] = [code];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (typeof part === "number") bytes.push(part);
    else for (let inner = part.length - 1; inner >= 0; inner--) open.push(part[inner]);
  }
  return bytes;
}

type Plain = (...operands: Code[]) => Code;
type Numbered = (number: number, ...operands: Code[]) => Code;

const plain =
  (...opcode: number[]): Plain =>
  (...operands) => [operands, opcode];
const vector = (opcode: number): Plain => plain(0xfd, ...unsigned(opcode));
const lane =
  (opcode: number): Numbered =>
  (number, ...operands) => [operands, 0xfd, unsigned(opcode), number];
/** Takes an offset in bytes before the operands. Alignment is a hint, and 0 is right for any address. */
const access =
  (...opcode: number[]): Numbered =>
  (offset, ...operands) => [operands, opcode, 0, unsigned(offset)];

/** The value of a local. */
export const get = (local: number): Code => [0x20, unsigned(local)];
/** Store a value in a local. */
export const set = (local: number, value: Code): Code => [value, 0x21, unsigned(local)];
/** A whole number. */
export const constant = (value: number): Code => [0x41, signed(value)];
/** Repeat the code, which ends by going on (`repeatIf`) or not. */
export const loop = (...code: Code[]): Code => [0x03, NOTHING, code, 0x0b];
/** Code that `leaveIf` can leave. */
export const block = (...code: Code[]): Code => [0x02, NOTHING, code, 0x0b];
/** Go back to the start of the innermost loop. */
export const repeatIf = (condition: Code): Code => [condition, 0x0d, 0];
/** Leave the innermost block, which is in the innermost loop. */
export const skipIf: (condition: Code) => Code = repeatIf;
/** Leave the block around the innermost loop. */
export const leaveIf = (condition: Code): Code => [condition, 0x0d, 1];

/** Whole numbers of 32 bits; addresses count as unsigned. */
export const i32: Record<"load" | "loadInt8" | "loadUint8" | "loadInt16" | "loadUint16" | "store", Numbered> &
  Record<
    | "isZero"
    | "equal"
    | "isLess"
    | "isGreaterSigned"
    | "trailingZeros"
    | "add"
    | "subtract"
    | "multiply"
    | "divide"
    | "and"
    | "or"
    | "xor"
    | "shiftLeft"
    | "shiftRight"
    | "choose",
    Plain
  > = {
  load: access(0x28),
  loadInt8: access(0x2c),
  loadUint8: access(0x2d),
  loadInt16: access(0x2e),
  loadUint16: access(0x2f),
  store: access(0x36),
  isZero: plain(0x45),
  equal: plain(0x46),
  isLess: plain(0x49),
  isGreaterSigned: plain(0x4a),
  trailingZeros: plain(0x68),
  add: plain(0x6a),
  subtract: plain(0x6b),
  multiply: plain(0x6c),
  divide: plain(0x6e),
  and: plain(0x71),
  or: plain(0x72),
  xor: plain(0x73),
  shiftLeft: plain(0x74),
  shiftRight: plain(0x76),
  /** The first operand if the third isn't 0, else the second. */
  choose: plain(0x1b),
};

/**
 * Whole numbers of 64 bits. `isLess` takes them as unsigned; `shiftRight` fills with the sign, `shiftRightZero` with
 * zeros; `ones` counts bits.
 */
export const i64: Record<"load" | "store", Numbered> &
  Record<
    | "isZero"
    | "isLess"
    | "ones"
    | "add"
    | "subtract"
    | "and"
    | "or"
    | "xor"
    | "shiftLeft"
    | "shiftRight"
    | "shiftRightZero"
    | "fromI32",
    Plain
  > & {
    constant: (value: number) => Code;
  } = {
  load: access(0x29),
  store: access(0x37),
  /** Of a number of 32 bits. */
  constant: (value: number): Code => [0x42, signed(value)],
  isZero: plain(0x50),
  isLess: plain(0x54),
  ones: plain(0x7b),
  add: plain(0x7c),
  subtract: plain(0x7d),
  and: plain(0x83),
  or: plain(0x84),
  xor: plain(0x85),
  shiftLeft: plain(0x86),
  shiftRight: plain(0x87),
  shiftRightZero: plain(0x88),
  fromI32: plain(0xad),
};

/** Vectors of 16 bytes, whatever they hold. */
export const v128: Record<"load" | "loadHalf" | "loadSplat64" | "store", Numbered> & {
  constant: (bytes: Uint8Array) => Code;
  loadUpperHalf: (address: Code, other: Code) => Code;
  and: Plain;
  shuffle: (first: Code, second: Code, bytes: Code) => Code;
} = {
  load: access(0xfd, 0),
  store: access(0xfd, 11),
  and: vector(0x4e),
  /** Bytes of two vectors, the second's counted from 16. */
  shuffle: (first: Code, second: Code, bytes: Code): Code => [first, second, 0xfd, 13, bytes],
  /** The lower half from memory, the upper zero. */
  loadHalf: access(0xfd, ...unsigned(0x5d)),
  /** Both halves from the same 8 bytes of memory. */
  loadSplat64: access(0xfd, 10),
  /** The upper half from memory, the lower another vector's. */
  loadUpperHalf: (address: Code, other: Code): Code => [address, other, 0xfd, 0x57, 0, 0, 1],
  constant: (bytes: Uint8Array): Code => [0xfd, 12, ...bytes],
};

/** Of each two whole numbers the least or the greatest. */
type Extremes = Record<"leastSigned" | "leastUnsigned" | "greatestSigned" | "greatestUnsigned", Plain>;

/** Their instructions follow one another. */
const extremes = (opcode: number): Extremes => ({
  leastSigned: vector(opcode),
  leastUnsigned: vector(opcode + 1),
  greatestSigned: vector(opcode + 2),
  greatestUnsigned: vector(opcode + 3),
});

/** Vectors of 16 bytes as numbers. `bits` are the highest of each; `fromI16x8` narrows two vectors. */
export const i8x16: Record<"equal" | "bits" | "fromI16x8", Plain> & Extremes = {
  ...extremes(0x76),
  equal: vector(35),
  bits: vector(100),
  fromI16x8: vector(101),
};

/** Vectors of eight whole numbers. `fromI32x4` narrows two vectors; `addUnsigned` ends at the largest number. */
export const i16x8: Record<"equal" | "fromI32x4" | "addUnsigned", Plain> & Extremes = {
  ...extremes(0x96),
  equal: vector(45),
  fromI32x4: vector(0x85),
  addUnsigned: vector(0x90),
};

/** Vectors of four whole numbers. `fromF32x4`, and `fromF64x2` of two, cut off what lies behind the point. */
export const i32x4: Record<"splat" | "equal" | "allTrue" | "fromF32x4" | "fromF64x2", Plain> &
  Record<"extract" | "replace", Numbered> &
  Extremes = {
  ...extremes(0xb6),
  splat: vector(17),
  equal: vector(55),
  extract: lane(27),
  replace: lane(28),
  allTrue: vector(0xa3),
  fromF32x4: vector(0xf8),
  fromF64x2: vector(0xfc),
};

/** Vectors of four float32. `fromF64x2` rounds two numbers into the lower half. */
export const f32x4: Record<
  | "equal"
  | "isAtLeast"
  | "root"
  | "add"
  | "subtract"
  | "multiply"
  | "divide"
  | "least"
  | "greatest"
  | "fromI32x4"
  | "fromF64x2",
  Plain
> = {
  equal: vector(65),
  isAtLeast: vector(70),
  root: vector(0xe3),
  add: vector(0xe4),
  subtract: vector(0xe5),
  multiply: vector(0xe6),
  divide: vector(0xe7),
  least: vector(0xea),
  greatest: vector(0xeb),
  fromI32x4: vector(0xfa),
  fromF64x2: vector(0x5e),
};

/**
 * Vectors of two float64. `fromF32x4` and `fromI32x4` take the lower half; of `least` and `greatest`, the first one if
 * either is NaN.
 */
export const f64x2: Record<
  "fromF32x4" | "fromI32x4" | "absolute" | "add" | "subtract" | "multiply" | "divide" | "least" | "greatest",
  Plain
> = {
  fromF32x4: vector(0x5f),
  fromI32x4: vector(0xfe),
  absolute: vector(0xec),
  add: vector(0xf0),
  subtract: vector(0xf1),
  multiply: vector(0xf2),
  divide: vector(0xf3),
  least: vector(0xf6),
  greatest: vector(0xf7),
};

/** Numbers in float64. */
export const f64: Record<"load" | "store", Numbered> &
  Record<"equal" | "isLess" | "add", Plain> & { constant: (value: number) => Code } = {
  load: access(0x2b),
  store: access(0x39),
  constant: (value: number): Code => [0x44, ...new Uint8Array(Float64Array.of(value).buffer)],
  equal: plain(0x61),
  isLess: plain(0x63),
  add: plain(0xa0),
};

/** A function of whole numbers (i32) that works on memory and returns nothing. */
export interface Kernel {
  readonly parameters: number;
  /** Locals come after the parameters: first whole numbers, then vectors, then whole numbers of 64 bits. */
  readonly wholeLocals: number;
  readonly vectorLocals: number;
  /** Default: none. */
  readonly longLocals?: number;
  readonly code: Code;
}

/** Compile a kernel. */
export function assemble({ parameters, wholeLocals, vectorLocals, longLocals = 0, code }: Kernel): object {
  const type = [0x60].concat(counted(Array.from({ length: parameters }, () => [I32])), 0);
  const locals = counted([
    unsigned(wholeLocals).concat(I32),
    unsigned(vectorLocals).concat(V128),
    unsigned(longLocals).concat(I64),
  ]);
  const body = locals.concat(bytesOf(code), 0x0b);
  const bytes = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0].concat(
    section(1, counted([type])),
    section(2, counted([text("host").concat(text("memory"), 2, 0, 0)])),
    section(3, counted([[0]])),
    section(7, counted([text("run").concat(0, 0)])),
    section(10, counted([unsigned(body.length).concat(body)])),
  );
  return new WebAssembly.Module(new Uint8Array(bytes));
}

/**
 * Give a kernel memory of its own.
 *
 * @param bytes that it needs; there are up to 64 KiB more
 * @returns the memory, all zero, and the kernel at work on it
 * @throws {RangeError} if there isn't as much memory, or more than 4 GiB are asked for
 */
export function withMemory(kernel: object, bytes: number): { buffer: ArrayBuffer; run: Run } {
  const memory = makeMemory(bytes);
  return { buffer: memory.buffer, run: runOn(memory, kernel) };
}

/**
 * Memory for several kernels, all zero.
 *
 * @param bytes that they need at first
 * @throws {RangeError} as for `withMemory`
 */
export const makeMemory = (bytes: number): Memory =>
  new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });

/** A kernel at work on memory. */
export const runOn = (memory: Memory, kernel: object): Run =>
  new WebAssembly.Instance(kernel, { host: { memory } }).exports.run;

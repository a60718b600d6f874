import { assembly } from "@bioengine/ndarray";

const { assemble, block, constant, get, i8x16, i16x8, i32, i32x4, leaveIf, loop, repeatIf, set, v128 } =
  assembly;
type Code = assembly.Code;

const [image, rows, width, table, rowStart] = [0, 1, 2, 3, 4];
const [at, x, changes, value, change, largest] = [5, 6, 7, 8, 9, 10];

/** Pixels that are compared at a time. */
export const GROUP = 32;
const ALL = -1;

/** Bytes of what is written for a run. */
export const RUN_BYTES = 12;

/** Of which of 16 pixels from the one at `skipped` on the next one is equal, as bytes. */
function equalNext(bits: number, skipped: number): Code {
  const pair = (number: number) => {
    const offset = (skipped * bits) / 8 + 16 * number;
    return [v128.load(offset, get(at)), v128.load(offset + bits / 8, get(at))];
  };
  if (bits === 8) return i8x16.equal(...pair(0));
  if (bits === 16) return i8x16.fromI16x8(i16x8.equal(...pair(0)), i16x8.equal(...pair(1)));
  const [first, second, third, fourth] = [0, 1, 2, 3].map((number) => i32x4.equal(...pair(number)));
  return i8x16.fromI16x8(i16x8.fromI32x4(first, second), i16x8.fromI32x4(third, fourth));
}

const loads: Readonly<Record<string, (offset: number, address: Code) => Code>> = {
  uint8: i32.loadUint8,
  int8: i32.loadInt8,
  uint16: i32.loadUint16,
  int16: i32.loadInt16,
  uint32: i32.load,
  int32: i32.load,
};

const pixels = (count: Code, bits: number): Code => i32.shiftLeft(count, constant(Math.log2(bits / 8)));

/** A run that begins with a pixel; `table` holds it only once `endRun` counts it. */
const beginRun = (first: Code, loaded: Code): Code => [
  ...set(value, loaded),
  ...i32.store(0, get(table), get(value)),
  ...i32.store(4, get(table), first),
];
const endRun = (end: Code): Code => [
  ...i32.store(8, get(table), end),
  ...set(largest, i32.choose(get(value), get(largest), i32.isGreaterSigned(get(value), get(largest)))),
  ...set(table, i32.choose(i32.add(get(table), constant(RUN_BYTES)), get(table), get(value))),
];

const kernels: Record<string, object> = {};

/**
 * Finds the runs of rows. Its parameters: the addresses of the rows (read up to 31 pixels beyond their end), how many
 * and how wide they are, and the addresses for value, first column and column after the last of each run (room for one
 * more is used), and for where in there each row begins, and at last the end, followed by the largest value above 0.
 *
 * Runs of 0 are written too, and overwritten: a branch on every change costs more, as no processor can foresee it.
 */
export function scanKernel(bits: number, signed: boolean): object {
  const type = `${signed ? "int" : "uint"}${bits}`;
  kernels[type] ??= makeScanKernel(bits, loads[type]);
  return kernels[type];
}

function makeScanKernel(bits: number, load: (offset: number, address: Code) => Code): object {
  const left = i32.subtract(get(width), get(x));
  const inRow = i32.choose(
    i32.subtract(i32.shiftLeft(constant(1), left), constant(1)),
    constant(ALL),
    i32.isLess(left, constant(GROUP)),
  );
  const equalBits = i32.xor(
    i8x16.bits(equalNext(bits, 0)),
    i32.shiftLeft(i8x16.bits(equalNext(bits, 16)), constant(16)),
  );
  return assemble({
    parameters: 5,
    wholeLocals: 6,
    vectorLocals: 0,
    code: [
      ...loop(
        i32.store(0, get(rowStart), get(table)),
        set(rowStart, i32.add(get(rowStart), constant(4))),
        beginRun(constant(0), load(0, get(image))),
        set(at, get(image)),
        set(x, constant(1)),
        loop(
          // A bit for each pixel from x on that differs from the one before.
          set(changes, i32.and(i32.xor(equalBits, constant(ALL)), inRow)),
          block(
            loop(
              leaveIf(i32.isZero(get(changes))),
              set(change, i32.add(get(x), i32.trailingZeros(get(changes)))),
              endRun(get(change)),
              beginRun(get(change), load(0, i32.add(get(image), pixels(get(change), bits)))),
              set(changes, i32.and(get(changes), i32.subtract(get(changes), constant(1)))),
              repeatIf(constant(1)),
            ),
          ),
          set(at, i32.add(get(at), constant((GROUP * bits) / 8))),
          set(x, i32.add(get(x), constant(GROUP))),
          repeatIf(i32.isLess(get(x), get(width))),
        ),
        endRun(get(width)),
        set(image, i32.add(get(image), pixels(get(width), bits))),
        set(rows, i32.subtract(get(rows), constant(1))),
        repeatIf(get(rows)),
      ),
      ...i32.store(0, get(rowStart), get(table)),
      ...i32.store(4, get(rowStart), get(largest)),
    ],
  });
}

import { itemSize, type NdArray, sizeOf, zeros } from "@bioengine/ndarray";
import { type ByteFormat, fill } from "./arraybytes";
import { type ByteSource, withSource } from "./bytesource";
import type { Layer } from "./layer";

/** Elements that lie in a file as they are. */
export interface RawElements extends Omit<Layer, "read"> {
  readonly format: ByteFormat;
  /** Where the first element lies. */
  readonly offset: number;
}

/** The runs of elements that a part of a C-ordered array is made of: place of the first, and how many. */
function* runsOf(
  shape: readonly number[],
  start: readonly number[],
  stop: readonly number[],
): Generator<[place: number, length: number]> {
  let axis = shape.length - 1;
  let inner = 1;
  // Axes that are whole belong to the runs.
  for (; axis > 0 && start[axis] === 0 && stop[axis] === shape[axis]; axis--) inner *= shape[axis];
  function* walk(at: number, place: number): Generator<[number, number]> {
    if (at >= axis) {
      const first = axis < 0 ? 0 : start[axis];
      const length = axis < 0 ? 1 : stop[axis] - first;
      yield [(place * (shape[axis] ?? 1) + first) * inner, length * inner];
    } else {
      for (let index = start[at]; index < stop[at]; index++) yield* walk(at + 1, place * shape[at] + index);
    }
  }
  yield* walk(0, 0);
}

// Elements that are read at once: what is in memory twice.
const PIECE = 2 ** 20;

async function readElements(
  source: ByteSource,
  { format, offset }: RawElements,
  shape: readonly number[],
  start: readonly number[],
  stop: readonly number[],
): Promise<NdArray> {
  const lengths = start.map((first, axis) => stop[axis] - first);
  const size = itemSize(format.dtype);
  const array: NdArray = zeros(lengths, format.dtype);
  let at = 0;
  for (const [place, length] of runsOf(shape, start, stop)) {
    for (let done = 0; done < length; done += PIECE) {
      const count = Math.min(PIECE, length - done);
      const bytes = await source.read(offset + (place + done) * size, count * size);
      fill(array.buffer.subarray(at, at + count), bytes, format);
      at += count;
    }
  }
  return array;
}

/**
 * A layer of elements that lie in a file as they are.
 *
 * @throws {Error} if the file is too short for them
 */
export function rawLayer(input: string | Uint8Array, size: number, elements: RawElements): Layer {
  const { shape, dtype, dimensions, format, offset } = elements;
  const bytes = sizeOf(shape) * itemSize(format.dtype);
  if (!(offset + bytes <= size)) {
    throw new Error(
      `it has ${size} bytes where [${shape.join(", ")}] of ${dtype} needs ${offset + bytes}; it is not whole`,
    );
  }
  // In Fortran's order, it is the C order of the reversed axes.
  const turned = (list: readonly number[]) => (format.isFortran ? [...list].reverse() : list);
  const read = async (start: readonly number[], stop: readonly number[]) => {
    const array = await withSource(input, (source) =>
      readElements(source, elements, turned(shape), turned(start), turned(stop)),
    );
    return format.isFortran ? array.transpose() : array;
  };
  return { shape, dtype, dimensions, read };
}

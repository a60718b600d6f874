import { type BorderMode, borderIndices, solidShape } from "../border";
import type { Window } from "../footprint";
import type { Extreme } from "./rowextremes";

/** Rows of a mask, 32 pixels a word, the first one lowest; a row more than it needs is 0, to be read when shifting. */
interface BitRows {
  readonly words: Int32Array;
  /** Words of a row. */
  readonly row: number;
  /** Rows of a plane. */
  readonly rows: number;
}

/** The mask with borders as bits; the other way round if `flip` is 1. */
function pack(
  mask: Uint8Array,
  [depth, height, width]: readonly number[],
  [front, top, left]: readonly number[],
  mode: BorderMode,
  outside: number,
  flip: number,
): BitRows {
  const planes = borderIndices(depth, front, front, mode);
  const lines = borderIndices(height, top, top, mode);
  const columns = borderIndices(width, left, left, mode);
  const row = (columns.length >> 5) + 2;
  const words = new Int32Array(row * lines.length * planes.length + 1);
  let at = 0;
  for (const z of planes) {
    for (const y of lines) {
      const from = (z * height + y) * width;
      const isOutside = z < 0 || y < 0;
      for (let i = 0, word = at; i < columns.length; word++) {
        let bits = 0;
        for (let bit = 0; bit < 32 && i < columns.length; bit++, i++) {
          const x = columns[i];
          bits |= ((isOutside || x < 0 ? outside : mask[from + x]) ^ flip) << bit;
        }
        words[word] = bits;
      }
      at += row;
    }
  }
  return { words, row, rows: lines.length };
}

/** From a word on, 32 bits that begin at one of its bits. */
const shifted = (words: Int32Array, word: number, bit: number): number =>
  (words[word] >>> bit) | ((words[word + 1] << 1) << (31 - bit));

/** Set each bit for which the one `step` further is set; nonsense at the end of rows, which nobody reads. */
function merge(words: Int32Array, step: number): void {
  const [ahead, bit] = [step >> 5, step & 31];
  const end = words.length - ahead - 1;
  for (let word = 0; word < end; word++) words[word] |= shifted(words, word + ahead, bit);
}

/**
 * The least or largest value under a window at each pixel of a mask, as `extremeFilter` takes it, 32 pixels at a time.
 *
 * @param mask 0 and 1; not modified
 * @returns 0 and 1, a new array
 */
export function maskExtremeFilter(
  mask: Uint8Array,
  shape: readonly number[],
  { runs, radii }: Window,
  extreme: Extreme,
  mode: BorderMode,
  cval: number,
): Uint8Array {
  const solid = solidShape(shape);
  const [depth, height, width] = solid;
  // The least values are the largest of the mask the other way round.
  const flip = extreme === "min" ? 1 : 0;
  const { words, row, rows } = pack(mask, solid, radii, mode, cval !== 0 ? 1 : 0, flip);
  const length = (width + 31) >> 5;
  const found = new Int32Array(length * height * depth);
  const take = (z: number, y: number, x: number) => {
    const [ahead, bit] = [(radii[2] + x) >> 5, (radii[2] + x) & 31];
    for (let plane = 0, at = 0; plane < depth; plane++) {
      for (let line = 0; line < height; line++) {
        const from = ((plane + radii[0] + z) * rows + line + radii[1] + y) * row + ahead;
        for (let word = 0; word < length; word++, at++) found[at] |= shifted(words, from + word, bit);
      }
    }
  };
  let covered = 1;
  // The shorter runs first: bits are smeared further as needed.
  for (const run of [...runs].sort((a, b) => a.length - b.length)) {
    for (; 2 * covered <= run.length; covered *= 2) merge(words, covered);
    take(run.z, run.y, run.x);
    if (run.length > covered) take(run.z, run.y, run.x + run.length - covered);
  }
  const result = new Uint8Array(mask.length);
  for (let line = 0, at = 0; line < depth * height; line++) {
    for (let x = 0; x < width; x++, at++) {
      result[at] = ((found[line * length + (x >> 5)] >>> (x & 31)) & 1) ^ flip;
    }
  }
  return result;
}

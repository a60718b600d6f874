/**
 * What lies beyond an image's edge, `a b c d` being a row: `"reflect"`: `b a | a b c d | d c`, `"mirror"`:
 * `c b | a b c d | c b`, `"nearest"`: `a a | a b c d | d d`, `"wrap"`: `c d | a b c d | a b`, `"constant"`: `cval`.
 */
export type BorderMode = "reflect" | "mirror" | "nearest" | "wrap" | "constant";

/** What is beyond an image's edge, and the value if that is `"constant"`. */
export interface Border {
  readonly mode: BorderMode;
  readonly cval: number;
}

/** All border modes. */
export const borderModes: readonly BorderMode[] = ["reflect", "mirror", "nearest", "wrap", "constant"];

/**
 * Check a border mode at a public door.
 *
 * @throws {RangeError} if there is no such mode
 */
export function checkMode(action: string, mode: string, modes: readonly string[] = borderModes): void {
  if (modes.includes(mode)) return;
  throw new RangeError(`Cannot ${action}: mode must be one of ${modes.join(", ")}, got ${String(mode)}`);
}

/** The pixel that stands for one beyond the edge; -1 for the constant. */
export function borderIndex(index: number, length: number, mode: BorderMode): number {
  if (index >= 0 && index < length) return index;
  if (mode === "constant") return -1;
  if (mode === "nearest" || length === 1) return index < 0 ? 0 : length - 1;
  const period = mode === "wrap" ? length : mode === "reflect" ? 2 * length : 2 * length - 2;
  const within = ((index % period) + period) % period;
  if (within < length) return within;
  return mode === "reflect" ? period - 1 - within : period - within;
}

/** For each pixel of a line with borders the pixel that stands for it; -1 for the constant. */
export function borderIndices(length: number, before: number, after: number, mode: BorderMode): Int32Array {
  const indices = new Int32Array(before + length + after);
  for (let i = 0; i < indices.length; i++) indices[i] = borderIndex(i - before, length, mode);
  return indices;
}

/** An image's shape as [z, y, x]. */
export const solidShape = (shape: readonly number[]): [number, number, number] => {
  const [depth, height, width] = [1, 1, ...shape].slice(-3);
  return [depth, height, width];
};

/** An image with borders on both sides of each axis. */
export interface Padded<N extends Int32Array | Float64Array = Float64Array> {
  readonly data: N;
  /** Length of its rows, and of its planes, in pixels. */
  readonly row: number;
  readonly plane: number;
}

/** A new array of the same kind. */
const numbersLike = <N extends Int32Array | Float64Array>(data: N, length: number): N =>
  (data instanceof Int32Array ? new Int32Array(length) : new Float64Array(length)) as N;

/**
 * Put borders around an image, or around a band of its rows.
 *
 * @param shape [z, y, x]
 * @param radii width of the borders along z, y, x
 * @param band the first row and the one behind the last; default: all
 */
export function padded<N extends Int32Array | Float64Array>(
  data: N,
  [depth, height, width]: readonly [number, number, number],
  [front, top, left]: readonly [number, number, number],
  mode: BorderMode,
  cval: number,
  [start, stop]: readonly [number, number] = [0, height],
): Padded<N> {
  const planes = borderIndices(depth, front, front, mode);
  const rows = borderIndices(height, top, top, mode).subarray(start, stop + 2 * top);
  const columns = borderIndices(width, left, left, mode);
  const row = width + 2 * left;
  const plane = row * rows.length;
  const target = numbersLike(data, plane * planes.length);
  let at = 0;
  for (const z of planes) {
    for (const y of rows) {
      if (z < 0 || y < 0) target.fill(cval, at, at + row);
      else {
        const from = (z * height + y) * width;
        target.set(data.subarray(from, from + width), at + left);
        for (let x = 0; x < left; x++) {
          const [near, far] = [columns[x], columns[left + width + x]];
          target[at + x] = near < 0 ? cval : data[from + near];
          target[at + left + width + x] = far < 0 ? cval : data[from + far];
        }
      }
      at += row;
    }
  }
  return { data: target, row, plane };
}

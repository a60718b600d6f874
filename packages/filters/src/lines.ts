import { axisLayout } from "./axislayout";
import { type BorderMode, borderIndices } from "./border";
import type { Floats } from "./image";

/** What is beyond an image's edge. */
export interface Border {
  readonly mode: BorderMode;
  readonly cval: number;
}

/**
 * Filters a line of `length` pixels in place: its borders, of the radius, are at `from` and behind the line, and the
 * result starts at `from`. Behind the borders there is room for three more values.
 */
export type LineFilter = (values: Float64Array, from: number, length: number) => void;

// So many lines side by side, of float64: fewer take longer to fetch from memory, more don't stay in the cache.
const BUNDLE = 64;

/** Filter all lines along an axis; the data is changed. Lines that lie side by side are brought one after the other. */
export function filterLines(
  data: Floats,
  shape: readonly number[],
  axis: number,
  radius: number,
  { mode, cval }: Border,
  filter: LineFilter,
): void {
  const { outer, length, inner } = axisLayout(shape, axis);
  const reach = length + 2 * radius + 3;
  const values = new Float64Array(reach * Math.min(BUNDLE, inner));
  const indices = borderIndices(length, radius, radius, mode);
  const filterWithBorders = (from: number) => {
    for (let i = 0; i < radius; i++) {
      const near = indices[i];
      const far = indices[radius + length + i];
      values[from + i] = near < 0 ? cval : values[from + radius + near];
      values[from + radius + length + i] = far < 0 ? cval : values[from + radius + far];
    }
    filter(values, from, length);
  };
  for (let block = 0; block < outer; block++) {
    for (let x = 0; x < inner; x += BUNDLE) {
      const start = block * length * inner + x;
      const count = Math.min(BUNDLE, inner - x);
      if (inner === 1) values.set(data.subarray(start, start + length), radius);
      else gather(values, data, start, { count, length, inner, reach, radius });
      for (let line = 0; line < count; line++) filterWithBorders(line * reach);
      if (inner === 1) data.set(values.subarray(0, length), start);
      else scatter(values, data, start, { count, length, inner, reach, radius });
    }
  }
}

/** Lines side by side in an image, and one after the other elsewhere. */
interface Bundle {
  readonly count: number;
  readonly length: number;
  /** From pixel to pixel of a line in the image. */
  readonly inner: number;
  /** From line to line elsewhere. */
  readonly reach: number;
  readonly radius: number;
}

function gather(values: Float64Array, data: Floats, start: number, bundle: Bundle): void {
  const { count, length, inner, reach, radius } = bundle;
  for (let i = 0, pixel = start; i < length; i++, pixel += inner) {
    for (let line = 0, at = radius + i; line < count; line++, at += reach) values[at] = data[pixel + line];
  }
}

function scatter(values: Float64Array, data: Floats, start: number, bundle: Bundle): void {
  const { count, length, inner, reach } = bundle;
  for (let i = 0, pixel = start; i < length; i++, pixel += inner) {
    for (let line = 0, at = i; line < count; line++, at += reach) data[pixel + line] = values[at];
  }
}

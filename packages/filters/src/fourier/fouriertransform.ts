import { axisLayout } from "../axislayout";
import { type Complex, complexOf, lineTransform } from "./linetransform";

// So many lines at once, as they lie apart in the image.
const SIDE = 16;

/** Copy lines of an axis that begin at `start` out of an image, or back into it. */
function moveLines(
  image: Float64Array,
  lines: Float64Array,
  start: number,
  count: number,
  { length, inner }: { length: number; inner: number },
  back: boolean,
): void {
  const apart = inner > 1 ? 1 : length;
  for (let place = 0; place < length; place++) {
    const [at, from] = [place * SIDE, start + place * inner];
    for (let line = 0; line < count; line++) {
      if (back) image[from + line * apart] = lines[at + line];
      else lines[at + line] = image[from + line * apart];
    }
  }
}

/**
 * The discrete Fourier transform along all axes, in place, of any lengths; the inverse one is that of swapped real and
 * imaginary parts, swapped again, less the factor of 1 / size.
 *
 * @param values in C order of the shape
 */
export function fourierTransform(values: Complex, shape: readonly number[]): void {
  for (const [axis, length] of shape.entries()) {
    if (length === 1) continue;
    const { outer, inner } = axisLayout(shape, axis);
    const run = lineTransform(length, SIDE);
    const lines = complexOf(length * SIDE);
    // Lines are side by side in a block, or, along the last axis, are blocks themselves.
    const [blocks, beside, apart] = inner > 1 ? [outer, inner, 1] : [1, outer, length];
    for (let block = 0; block < blocks; block++) {
      for (let first = 0; first < beside; first += SIDE) {
        const start = block * length * inner + first * apart;
        const count = Math.min(SIDE, beside - first);
        moveLines(values.real, lines.real, start, count, { length, inner }, false);
        moveLines(values.imaginary, lines.imaginary, start, count, { length, inner }, false);
        run(lines);
        moveLines(values.real, lines.real, start, count, { length, inner }, true);
        moveLines(values.imaginary, lines.imaginary, start, count, { length, inner }, true);
      }
    }
  }
}

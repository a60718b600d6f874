import { axisLayout } from "../axislayout";

/** For each pixel the nearest one of the background. */
export interface Features {
  /** Its index in C order; -1 if there is no background. */
  readonly nearest: Int32Array;
  /** Its squared distance; infinite if there is no background. */
  readonly squares: Float64Array;
}

/** The first axis: of the nearest background pixels before and behind, the nearer one, the first of equally near ones. */
function scanFirstAxis(objects: Uint8Array, length: number, inner: number, step: number): Features {
  const nearest = new Int32Array(objects.length).fill(-1);
  const squares = new Float64Array(objects.length).fill(Number.POSITIVE_INFINITY);
  const last = new Int32Array(inner).fill(-1);
  for (let i = 0, pixel = 0; i < length; i++) {
    for (let x = 0; x < inner; x++, pixel++) {
      if (objects[pixel] === 0) last[x] = i;
      if (last[x] < 0) continue;
      nearest[pixel] = last[x] * inner + x;
      squares[pixel] = ((i - last[x]) * step) ** 2;
    }
  }
  last.fill(-1);
  for (let i = length - 1; i >= 0; i--) {
    for (let x = 0, pixel = i * inner; x < inner; x++, pixel++) {
      if (objects[pixel] === 0) last[x] = i;
      const square = ((last[x] - i) * step) ** 2;
      if (last[x] < 0 || square >= squares[pixel]) continue;
      nearest[pixel] = last[x] * inner + x;
      squares[pixel] = square;
    }
  }
  return { nearest, squares };
}

/** A further axis: for each line the features that are nearest to a part of it, then each pixel's own. */
function scanAxis(
  { nearest, squares }: Features,
  { outer, length, inner }: { outer: number; length: number; inner: number },
  spacing: number,
): void {
  const stack = new Int32Array(length);
  const features = new Int32Array(length);
  const heights = new Float64Array(length);
  for (let line = 0; line < outer * inner; line++) {
    const start = Math.floor(line / inner) * length * inner + (line % inner);
    let top = -1;
    for (let i = 0; i < length; i++) {
      const pixel = start + i * inner;
      features[i] = nearest[pixel];
      if (features[i] < 0) continue;
      const height = squares[pixel];
      heights[i] = height;
      while (top >= 1) {
        const v = stack[top];
        const u = stack[top - 1];
        const a = (v - u) * spacing;
        const b = (i - v) * spacing;
        const c = a + b;
        if (c * heights[v] - b * heights[u] - a * height - a * b * c <= 0) break;
        top--;
      }
      stack[++top] = i;
    }
    if (top < 0) continue;
    for (let i = 0, at = 0; i < length; i++) {
      let square = heights[stack[at]] + ((stack[at] - i) * spacing) ** 2;
      while (at < top) {
        const next = heights[stack[at + 1]] + ((stack[at + 1] - i) * spacing) ** 2;
        if (square <= next) break;
        square = next;
        at++;
      }
      const pixel = start + i * inner;
      nearest[pixel] = features[stack[at]];
      squares[pixel] = square;
    }
  }
}

/**
 * Find the nearest background pixel of each pixel, axis by axis (Maurer, Qi & Raghavan 2003, of equally near ones the
 * one that SciPy's `distance_transform_edt` gives).
 *
 * @param objects not 0: an object's pixel, 0: background
 * @param sampling distance of pixels along each axis
 */
export function featureTransform(
  objects: Uint8Array,
  shape: readonly number[],
  sampling: readonly number[],
): Features {
  const features = scanFirstAxis(objects, shape[0], axisLayout(shape, 0).inner, sampling[0]);
  for (let axis = 1; axis < shape.length; axis++) scanAxis(features, axisLayout(shape, axis), sampling[axis]);
  return features;
}

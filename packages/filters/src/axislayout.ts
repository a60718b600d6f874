/** Where the pixels of an axis lie: `outer` blocks of `length` steps of `inner` pixels. */
export interface AxisLayout {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
}

/** The layout of an axis of a C-ordered image. */
export function axisLayout(shape: readonly number[], axis: number): AxisLayout {
  const size = (lengths: readonly number[]) => lengths.reduce((product, length) => product * length, 1);
  return { outer: size(shape.slice(0, axis)), length: shape[axis], inner: size(shape.slice(axis + 1)) };
}

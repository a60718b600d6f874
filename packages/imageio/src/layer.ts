import type { Dimension, DType, NdArray } from "@bioengine/ndarray";

/** One resolution of an image that is still in its file. */
export interface Layer {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly dimensions: readonly Dimension[] | undefined;
  /** `"labels"` if the file says that its integers number objects. */
  readonly role?: "labels" | undefined;
  /** The channels' names, if the file has one for each. */
  readonly channels?: readonly string[] | undefined;
  /**
   * Read a part.
   *
   * @param start first index along each axis
   * @param stop index after the last, above `start` and within the shape
   * @returns an array of that part, in any strides
   */
  read(start: readonly number[], stop: readonly number[]): Promise<NdArray>;
}

/** An array without some of its axes, which have length 1. */
export const withoutAxes = (array: NdArray, axes: readonly number[]): NdArray =>
  axes.reduceRight((rest, axis) => rest.squeeze(axis), array);

/** The layer without its axes of length 1, but for Y and X. */
export function squeezed(layer: Layer): Layer {
  const { shape, dtype, dimensions, role } = layer;
  if (dimensions === undefined) return layer;
  const axes = shape.map((_, axis) => axis);
  const kept = axes.filter((axis) => shape[axis] > 1 || /[YX]/.test(dimensions[axis].name));
  const dropped = axes.filter((axis) => !kept.includes(axis));
  const whole = (part: readonly number[], otherwise: number) =>
    shape.map((_, axis) => (kept.includes(axis) ? part[kept.indexOf(axis)] : otherwise));
  const read = async (start: readonly number[], stop: readonly number[]) => {
    const array = await layer.read(whole(start, 0), whole(stop, 1));
    return withoutAxes(array, dropped);
  };
  return {
    shape: kept.map((axis) => shape[axis]),
    dtype,
    dimensions: kept.map((axis) => dimensions[axis]),
    role,
    read,
  };
}

import type { Dimension, DType, NdArray } from "@bioengine/ndarray";

/** One resolution of an image that is still in its file. */
export interface Layer {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly dimensions: readonly Dimension[] | undefined;
  /**
   * Read a part.
   *
   * @param start first index along each axis
   * @param stop index after the last, above `start` and within the shape
   * @returns an array of that part, in any strides
   */
  read(start: readonly number[], stop: readonly number[]): Promise<NdArray>;
}

import type { Dimension } from "./dimension";
import type { DataOf, DType } from "./dtype";

/** The parts that an NdArray is made of. */
export interface NdArrayParts<D extends DType> {
  readonly dtype: D;
  readonly shape: readonly number[];
  /** The whole storage, shared by all views of it. */
  readonly buffer: DataOf<D>;
  /** Steps along each axis, in elements; default: C order. */
  readonly strides?: readonly number[];
  /** Index of the first element in `buffer`; default 0. */
  readonly offset?: number;
  /** `"labels"` says that the integers number objects, 0 = background. */
  readonly role?: "labels";
  /** What each axis stands for, if it is known. */
  readonly dimensions?: readonly Dimension[] | undefined;
}

import type { Dimension } from "./dimension";
import { axesOf, spacingOf } from "./dimension";
import { type DType, exactNumber, type TypedArray } from "./dtype";
import { shapeText } from "./layout";

/** An array as JSON: what `ndarray(data, shape, options)` takes, the data in C order. */
export interface ArrayJson {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Numbers, bools as 0 and 1; what isn't finite becomes null in the text, as JSON has no such numbers. */
  readonly data: readonly number[];
  readonly role?: "labels";
  readonly axes?: string;
  /** In µm; see `NdArray.spacing`. */
  readonly spacing?: readonly number[];
}

/** As text about 100 MB. */
const LARGEST = 2 ** 22;

interface Written {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly size: number;
  readonly data: TypedArray;
  readonly role: "labels" | undefined;
  readonly dimensions: readonly Dimension[] | undefined;
}

/**
 * An array for `JSON.stringify`.
 *
 * @throws {RangeError} if it is too large, or a 64-bit integer is beyond 2^53
 */
export function arrayJson({ dtype, shape, size, data, role, dimensions }: Written): ArrayJson {
  if (size > LARGEST) {
    throw new RangeError(
      `Cannot write an array as JSON: it must have at most ${LARGEST} elements, got shape ${shapeText(shape)}; use await imwrite("image.tif", image), or await writeNpz("arrays.npz", { image: image })`,
    );
  }
  const spacing = dimensions && spacingOf(dimensions);
  return {
    dtype,
    shape,
    data: Array.from<number | bigint, number>(data, exactNumber),
    ...(role && { role }),
    ...(dimensions && { axes: axesOf(dimensions) }),
    ...(spacing && { spacing }),
  };
}

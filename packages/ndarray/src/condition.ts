import { shapeText } from "./layout";
import { NdArray } from "./ndarray";

/**
 * The elements of a condition in C order, 0 = false.
 *
 * @throws {TypeError} if it is not bool
 * @throws {RangeError} if it hasn't the shape
 */
export function conditionData(action: string, condition: NdArray, shape: readonly number[]): Uint8Array {
  if (!(condition instanceof NdArray)) {
    throw new TypeError(`Cannot ${action}: the condition must be an NdArray, got ${typeof condition}`);
  }
  if (condition.dtype !== "bool") {
    throw new TypeError(
      `Cannot ${action}: the condition must be bool, got ${condition.dtype}; write it first, such as mask.greater(0)`,
    );
  }
  if (shapeText(condition.shape) !== shapeText(shape)) {
    throw new RangeError(
      `Cannot ${action}: the condition must have the array's shape ${shapeText(shape)}, got ${shapeText(condition.shape)}`,
    );
  }
  return (condition as NdArray<"bool">).data;
}

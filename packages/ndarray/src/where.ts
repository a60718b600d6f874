import { cast, fits } from "./cast";
import { conditionData } from "./condition";
import { sharedDimensions } from "./dimension";
import { allocate, type DType, isFloat, type TypedArray } from "./dtype";
import { NdArray } from "./ndarray";
import { promote, promoteNumber } from "./promotion";

const action = "choose elements";

/** The dtype that holds both; whole numbers alone are int32, where they fit. */
function commonType(a: NdArray | number, b: NdArray | number): DType {
  if (typeof a === "number") {
    if (typeof b === "number") return [a, b].every((value) => fits(value, "int32")) ? "int32" : "float64";
    return commonType(b, a);
  }
  return typeof b === "number" ? promoteNumber(a.dtype, b) : promote(a.dtype, b.dtype);
}

/** As many elements as there are, of the dtype; a number again and again. */
function elementsOf(value: NdArray | number, dtype: DType, length: number): TypedArray {
  if (typeof value !== "number") return cast(value.data, value.dtype, dtype);
  if (!isFloat(dtype) && !fits(value, dtype)) {
    throw new RangeError(
      `Cannot ${action}: the number must fit ${dtype}, got ${value}; convert the array first: .astype("float64")`,
    );
  }
  const [element] = cast(Float64Array.of(value), "float64", dtype);
  return allocate(dtype, length).fill(element as never);
}

/**
 * The elements of one array where a condition holds, and of another where it doesn't (NumPy's `where`).
 *
 * @param condition bool; not modified
 * @param chosen what stands where it is true: an array of its shape, or a number
 * @param other what stands where it is false, likewise
 * @returns of the condition's shape, with NumPy's promotion; labels if all the arrays are
 * @throws {TypeError} if the condition is not bool
 * @throws {RangeError} if the shapes differ, or a number doesn't fit the array's integers
 * @example
 * where(mask.equal(0), 0, image); // black background
 */
export function where(condition: NdArray, chosen: NdArray | number, other: NdArray | number): NdArray {
  const arrays = [chosen, other].filter((value) => typeof value !== "number");
  const wrong = arrays.find((array) => !(array instanceof NdArray));
  if (wrong !== undefined) {
    throw new TypeError(
      `Cannot ${action}: an NdArray or a number is needed, got ${typeof wrong}; use where(mask.greater(0), image, 0)`,
    );
  }
  const { shape } = arrays[0] ?? condition;
  const isChosen = conditionData(action, condition, shape);
  for (const array of arrays) conditionData(action, condition, array.shape);
  const dtype = commonType(chosen, other);
  const buffer = elementsOf(chosen, dtype, isChosen.length);
  const rest = elementsOf(other, dtype, isChosen.length);
  for (let i = 0; i < buffer.length; i++) if (isChosen[i] === 0) buffer[i] = rest[i] as never;
  const isLabels = !isFloat(dtype) && arrays.length > 0 && arrays.every(({ role }) => role === "labels");
  return new NdArray({
    dtype,
    shape,
    buffer,
    ...(isLabels && { role: "labels" }),
    dimensions: sharedDimensions([...arrays, condition], shape),
  });
}

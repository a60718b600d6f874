import { type DType, itemSize, NdArray } from "@bioengine/ndarray";
import { isPlainObject } from "./plainobject";

/** A value in the words of a message, e.g. `uint16 [512, 512]`. */
export function describe(value: unknown): string {
  if (value instanceof NdArray) return `${value.dtype} [${value.shape.join(", ")}]`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (ArrayBuffer.isView(value)) return value.constructor.name;
  if (typeof value === "string")
    return `text ${JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)}`;
  if (typeof value !== "object" || value === null) return String(value);
  return isPlainObject(value) ? "an object" : `a ${value.constructor?.name ?? "special object"}`;
}

/** How a variable with an input in it is probably called: as the input. */
export const variableName = (inputName: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(inputName) ? inputName : "array";

/**
 * The expression that makes of an array what a model takes, e.g. `image.expandDims(0).astype("float32")`; empty if
 * there is no such.
 *
 * @param shape what the model takes, -1 for any length
 */
export function correctedLine(array: NdArray, name: string, dtype: DType, shape: readonly number[]): string {
  const { shape: got } = array;
  // A colour image as most libraries read it: its first plane would be its first row.
  if (got.length === shape.length + 1 && got.at(-1) === 3 && got[0] > 4) {
    return `${variableName(name)}.mean(-1).astype("${dtype}")`;
  }
  const axes = correctedAxes(got, shape);
  if (axes === undefined) return "";
  const line = `${variableName(name)}${axes}${array.dtype === dtype ? "" : correctedDtype(array, dtype)}`;
  return line === variableName(name) ? "" : line;
}

function correctedAxes(got: readonly number[], wanted: readonly number[]): string | undefined {
  const may = (shape: readonly number[], from: readonly number[]) =>
    shape.every((length, axis) => from[axis] < 0 || from[axis] === length);
  const missing = wanted.length - got.length;
  if (missing === 0) return may(got, wanted) ? "" : undefined;
  if (missing > 0) {
    return may([...Array(missing).fill(1), ...got], wanted) ? ".expandDims(0)".repeat(missing) : undefined;
  }
  if (missing === -1 && got.at(-1) === 1 && may(got.slice(0, -1), wanted)) return ".squeeze(-1)";
  return may(got.slice(-missing), wanted) ? `.at(${Array(-missing).fill(0).join(", ")})` : undefined;
}

function correctedDtype(array: NdArray, dtype: DType): string {
  // As they are, the fractions of an image of 0 to 1 would all become 0.
  const stretch =
    array.dtype.includes("float") && /^u?int(8|16)$/.test(dtype) && array.size > 0 && array.max() <= 1
      ? `.multiply(${2 ** (8 * itemSize(dtype) - (dtype.startsWith("u") ? 0 : 1)) - 1})`
      : "";
  return `${stretch}.astype("${dtype}")`;
}

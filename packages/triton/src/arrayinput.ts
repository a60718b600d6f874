import { NdArray, ndarray, stack, type TypedArray } from "@bioengine/ndarray";
import type { TensorSpec } from "./config";
import { describe, variableName } from "./correction";
import { dtypeOf, type NumericDatatype } from "./datatype";
import { flattenInput } from "./nestedinput";

type Refuse = (got: string, advice?: string) => never;

/**
 * An input of numbers as an array: an NdArray as it is, NdArrays in an array stacked, a typed array in the shape
 * that the model wants, and plain numbers, which have no dtype of their own, in the model's dtype.
 */
export function arrayOfInput(
  value: unknown,
  spec: TensorSpec,
  datatype: NumericDatatype,
  refuse: Refuse,
): NdArray {
  if (value instanceof NdArray) return value;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return shaped(value as TypedArray, spec, refuse);
  }
  if (Array.isArray(value) && value.length > 0 && value.every((part) => part instanceof NdArray)) {
    return stack(value);
  }
  const { shape, elements } = flattenInput(value, refuse);
  return arrayOfNumbers(elements, Array.isArray(value) ? shape : spec.shape.map(() => 1), datatype, refuse);
}

/** A typed array has no shape: it takes the model's, where only one length is free. */
function shaped(data: TypedArray, spec: TensorSpec, refuse: Refuse): NdArray {
  const free = spec.shape.filter((length) => length < 0).length;
  const size = spec.shape.reduce((product, length) => (length < 0 ? product : product * length), 1);
  const shape = spec.shape.map((length) => (length < 0 ? data.length / size : length));
  if (free > 1 || !shape.every(Number.isInteger) || (free === 0 && size !== data.length)) {
    const names = ["channels", "height", "width"].slice(-spec.shape.length).join(", ");
    refuse(
      `a typed array of ${data.length}, whose axes are unknown`,
      `; write ndarray(${variableName(spec.name)}, [${names}])`,
    );
  }
  return ndarray(data, shape);
}

function arrayOfNumbers(
  elements: readonly unknown[],
  shape: readonly number[],
  datatype: NumericDatatype,
  refuse: Refuse,
): NdArray {
  const numbers = elements.map((element) => {
    if (typeof element === "number" || typeof element === "bigint") return element;
    return typeof element === "boolean" ? Number(element) : refuse(describe(element));
  });
  const dtype = dtypeOf(datatype);
  const big = dtype === "int64" || dtype === "uint64";
  const array = ndarray(
    big ? BigInt64Array.from(numbers, toBigInt) : Float64Array.from(numbers, Number),
    shape,
  ).astype(dtype);
  const { data } = array;
  const lost = dtype.includes("float")
    ? undefined
    : numbers.find((number, index) =>
        typeof number === "bigint" ? number !== BigInt(data[index]) : number !== Number(data[index]),
      );
  if (lost !== undefined) refuse(String(lost));
  return array;
}

/** What cannot be an integer becomes 0, and is then found to differ. */
const toBigInt = (number: number | bigint): bigint =>
  typeof number === "number" && !Number.isFinite(number)
    ? 0n
    : BigInt(typeof number === "number" ? Math.trunc(number) : number);

import { type ColumnData, isMissing, type TypedArray } from "@bioengine/ndarray";
import type { Data, DataType, Vector } from "apache-arrow";
import type { Arrow } from "./arrowlibrary";

const isFloat = (values: ColumnData): values is Float32Array | Float64Array =>
  values instanceof Float32Array || values instanceof Float64Array;

/** The type of a list of cells, of which some are missing. */
function typeOf(
  { Utf8, Bool, Float64, Int64, Null }: Arrow,
  name: string,
  cells: readonly unknown[],
): DataType {
  const kinds = [...new Set(cells.filter((cell) => !isMissing(cell)).map((cell) => typeof cell))];
  const types: Record<string, DataType> = {
    string: new Utf8(),
    boolean: new Bool(),
    number: new Float64(),
    bigint: new Int64(),
  };
  const type = kinds.length === 0 ? new Null() : types[kinds[0]];
  if (kinds.length > 1 || type === undefined) {
    throw new TypeError(
      `the column ${name} must hold numbers, texts or booleans, got ${kinds.join(" and ")}; use table.withColumn(${JSON.stringify(name)}, (row) => JSON.stringify(row[${JSON.stringify(name)}]))`,
    );
  }
  const large = cells.find((cell) => typeof cell === "bigint" && cell !== BigInt.asIntN(64, cell));
  if (large !== undefined)
    throw new RangeError(`the column ${name} must hold integers of 64 bits, got ${large}`);
  return type;
}

/**
 * A column as Arrow has it; missing cells, NaN among them, are null there.
 *
 * @throws {TypeError} if the cells are of several kinds, or objects
 */
export function vectorOf(arrow: Arrow, name: string, values: ColumnData): Vector {
  const { Float32, Float64, makeVector, vectorFromArray } = arrow;
  if (ArrayBuffer.isView(values) && !(isFloat(values) && values.some(Number.isNaN))) {
    return makeVector(values as Float64Array);
  }
  const cells = Array.from<unknown, unknown>(values, (cell) => (isMissing(cell) ? null : cell));
  const type = isFloat(values)
    ? values instanceof Float32Array
      ? new Float32()
      : new Float64()
    : typeOf(arrow, name, cells);
  return vectorFromArray(cells, type);
}

const isSmall = (value: unknown) => typeof value === "bigint" && value === BigInt.asIntN(32, value);
const isSafe = (value: unknown) => value === null || Number.isSafeInteger(Number(value));

/** Integers of 64 bits: as numbers if they are exactly that. */
function integersOf(cells: readonly unknown[], array: () => unknown): ColumnData {
  if (cells.every(isSmall)) return Int32Array.from(cells, Number);
  if (!cells.includes(null)) return array() as TypedArray;
  if (!cells.every(isSafe)) return cells;
  return Float64Array.from(cells, (cell) => (cell === null ? Number.NaN : Number(cell)));
}

/** For how many rows a part of a column has values: Arrow's library takes the number that is announced. */
function storedRows({ DataType }: Arrow, { type, length, values, valueOffsets }: Data): number {
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return valueOffsets.length - 1;
  if (DataType.isBool(type)) return 8 * values.length;
  const hasValues = DataType.isInt(type) || DataType.isFloat(type) || DataType.isDictionary(type);
  return hasValues ? values.length : length;
}

function checkRows(arrow: Arrow, name: string, vector: Vector): void {
  for (const part of vector.data) {
    const rows = storedRows(arrow, part);
    if (part.length > 0 && rows < part.length) {
      throw new Error(
        `the column ${name} has ${rows} values where ${part.length} are announced; it is damaged`,
      );
    }
  }
}

/**
 * The cells of a column of an Arrow table.
 *
 * @throws {Error} if they are neither numbers, texts nor booleans, or fewer than the rows
 */
export function cellsOf(arrow: Arrow, name: string, vector: Vector): ColumnData {
  checkRows(arrow, name, vector);
  const { DataType, Precision } = arrow;
  const { type, nullCount } = vector;
  const values: DataType = DataType.isDictionary(type) ? type.dictionary : type;
  const cells = () => Array.from<unknown>(vector);
  if (DataType.isInt(values) && values.bitWidth === 64) return integersOf(cells(), () => vector.toArray());
  if (DataType.isInt(values) || DataType.isFloat(values)) {
    const isHalf = DataType.isFloat(values) && values.precision === Precision.HALF;
    if (values === type && nullCount === 0 && !isHalf) return vector.toArray().slice();
    const numbers = cells().map((cell) => (cell === null ? Number.NaN : Number(cell)));
    const isSingle = DataType.isFloat(values) && values.precision !== Precision.DOUBLE;
    return isSingle ? Float32Array.from(numbers) : Float64Array.from(numbers);
  }
  const isText = DataType.isUtf8(values) || DataType.isLargeUtf8(values) || DataType.isUtf8View(values);
  if (isText || DataType.isBool(values) || DataType.isNull(values)) return cells();
  throw new Error(
    `the column ${name} must hold numbers, texts or booleans, got ${type}; convert it to text in the program that wrote it`,
  );
}

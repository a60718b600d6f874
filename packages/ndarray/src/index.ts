export {
  arange,
  concatenate,
  type DTypeOf,
  full,
  type NdArrayOptions,
  ndarray,
  stack,
  zeros,
} from "./creation";
export { type DataOf, type DType, dtypes, isDType, itemSize, type TypedArray } from "./dtype";
export { NdArray, type NdArrayParts } from "./ndarray";
export type { SliceRange } from "./slice";
export { type ColumnData, type Row, Table } from "./table";

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
export { NdArray, type NdArrayParts, type SliceRange } from "./ndarray";
export { type ColumnData, type Row, Table } from "./table";

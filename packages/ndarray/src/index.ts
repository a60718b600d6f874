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
export type { Dimension } from "./dimension";
export { type DataOf, type DType, dtypes, isDType, itemSize, type TypedArray } from "./dtype";
export { NdArray } from "./ndarray";
export type { NdArrayParts } from "./ndarrayparts";
export type { SliceRange } from "./slice";
export { type ColumnData, type Row, Table } from "./table";

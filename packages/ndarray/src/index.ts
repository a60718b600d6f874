export type { ArrayJson } from "./arrayjson";
export type { ArrayMetadata } from "./arraymetadata";
export * as assembly from "./assembly";
export { type ColumnData, isMissing } from "./column";
export { type ColumnSource, columnSource } from "./columnsource";
export type { ColumnStatistic } from "./columnstatistic";
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
export { extract } from "./extract";
export { labelDtype } from "./labeldtype";
export { sizeOf } from "./layout";
export { NdArray } from "./ndarray";
export type { NdArrayParts } from "./ndarrayparts";
export { nearestName, nearestOption } from "./nearestname";
export { checkOptions, type Door } from "./option";
export { quantileOf } from "./quantile";
export type { Row } from "./row";
export type { SliceRange } from "./slice";
export { axesApart, checkSpace, type SpaceDoor } from "./space";
export { Table } from "./table";
export type { Aggregation, TableGroups } from "./tablegroups";
export { unique } from "./unique";
export { where } from "./where";

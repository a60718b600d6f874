export { type BoundariesOptions, findBoundaries } from "./boundaries";
export { type LabelOptions, label } from "./label";
export { type LabelToRgbOptions, labelToRgb } from "./labeltorgb";
export { type Matching, type MatchingOptions, matching } from "./matching";
export type { MeasureOptions } from "./measurement";
export type { RegionProperties } from "./regionproperties";
export { regionprops } from "./regionprops";
export { type RegionpropsTableOptions, regionpropsTable } from "./regionpropstable";
export { relabelSequential } from "./relabelsequential";

export { type BoundariesOptions, findBoundaries } from "./boundaries";
export { type FindContoursOptions, findContours } from "./contours";
export { convexHullImage } from "./convexhullimage";
export type { ExtraProperties, ExtraProperty } from "./extraproperty";
export {
  fromGeoJson,
  type GeoJson,
  type GeoJsonFeature,
  type GeoJsonPosition,
  type ToGeoJsonOptions,
  toGeoJson,
} from "./geojson";
export { keepLabels } from "./keeplabels";
export { type LabelOptions, label } from "./label";
export { labelOverlaps } from "./labeloverlaps";
export { type Corner, type LabelPolygons, labelPolygons, type Polygon, type Ring } from "./labelpolygons";
export { type LabelToRgbOptions, labelToRgb } from "./labeltorgb";
export { type LinkLabelsOptions, linkLabels } from "./linklabels";
export { type Matching, type MatchingOptions, matching } from "./matching";
export { type MatchingTableOptions, matchingTable } from "./matchingtable";
export type { MeasureOptions } from "./measurement";
export { paintRings } from "./paintrings";
export { polygonToMask } from "./polygontomask";
export type { RegionSlice } from "./regionimages";
export type { RegionProperties } from "./regionproperties";
export { type ExtraValues, regionprops } from "./regionprops";
export { type RegionpropsTableOptions, regionpropsTable } from "./regionpropstable";
export { relabelSequential } from "./relabelsequential";
export { type CircleFit, circleFit } from "./statistics/circlefit";
export { type Correlation, pearson, spearman } from "./statistics/correlation";
export { type LinearFit, linearFit } from "./statistics/linearfit";
export { type MannWhitney, mannWhitney } from "./statistics/mannwhitney";
export { type NearestPoints, type NearestPointsOptions, nearestPoints } from "./statistics/nearestpoints";
export type { Points } from "./statistics/points";
export type { Sample } from "./statistics/sample";
export { type TTest, type TTestOptions, tTest } from "./statistics/ttest";
export { type TouchingLabelsOptions, touchingLabels } from "./touchinglabels";
export { type TrackedLabels, type TrackLabelsOptions, trackLabels } from "./tracklabels";

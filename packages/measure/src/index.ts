export { keepLabels } from "./keeplabels";
export { type LabelOptions, label } from "./labelling/label";
export { type LabelToRgbOptions, labelToRgb } from "./labeltorgb";
export { type BoundariesOptions, findBoundaries } from "./outlines/boundaries";
export { type FindContoursOptions, findContours } from "./outlines/contours";
export {
  fromGeoJson,
  type GeoJson,
  type GeoJsonFeature,
  type GeoJsonPosition,
  type ToGeoJsonOptions,
  toGeoJson,
} from "./outlines/geojson";
export {
  type Corner,
  type LabelPolygons,
  labelPolygons,
  type Polygon,
  type Ring,
} from "./outlines/labelpolygons";
export { paintRings } from "./outlines/paintrings";
export { polygonToMask } from "./outlines/polygontomask";
export { labelOverlaps } from "./overlaps/labeloverlaps";
export { type LinkLabelsOptions, linkLabels } from "./overlaps/linklabels";
export { type Matching, type MatchingOptions, matching } from "./overlaps/matching";
export { type MatchingTableOptions, matchingTable } from "./overlaps/matchingtable";
export { type TouchingLabelsOptions, touchingLabels } from "./overlaps/touchinglabels";
export { type TrackedLabels, type TrackLabelsOptions, trackLabels } from "./overlaps/tracklabels";
export { convexHullImage } from "./regions/convexhullimage";
export type { ExtraProperties, ExtraProperty } from "./regions/extraproperty";
export type { MeasureOptions } from "./regions/measurement";
export type { RegionSlice } from "./regions/regionimages";
export type { RegionProperties } from "./regions/regionproperties";
export { type ExtraValues, regionprops } from "./regions/regionprops";
export { type RegionpropsTableOptions, regionpropsTable } from "./regions/regionpropstable";
export { relabelSequential } from "./relabelsequential";
export { type AdjustPValuesOptions, adjustPValues } from "./statistics/adjustpvalues";
export type { Alternative } from "./statistics/alternative";
export { type Anova, anova } from "./statistics/anova";
export { type CircleFit, circleFit } from "./statistics/circlefit";
export { type Correlation, pearson, spearman } from "./statistics/correlation";
export { type KruskalWallis, kruskalWallis } from "./statistics/kruskalwallis";
export { type LinearFit, linearFit } from "./statistics/linearfit";
export { type MannWhitney, type MannWhitneyOptions, mannWhitney } from "./statistics/mannwhitney";
export { type NearestPoints, type NearestPointsOptions, nearestPoints } from "./statistics/nearestpoints";
export type { Points } from "./statistics/points";
export type { Sample } from "./statistics/sample";
export { type TTest, type TTestOptions, tTest } from "./statistics/ttest";
export { type Wilcoxon, type WilcoxonOptions, wilcoxon } from "./statistics/wilcoxon";

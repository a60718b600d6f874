export { type BioimageioModel, readBioimageioModel } from "./bioimageio";
export { segmentCellpose } from "./cellpose";
export type { CellposeModel } from "./cellposemodel";
export { type LabelsFromStarDistOptions, labelsFromStarDist } from "./labelsfromstardist";
export { type MasksFromFlowsOptions, masksFromFlows } from "./masksfromflows";
export {
  loadMixedNetwork,
  loadNetwork,
  type Network,
  type NetworkOptions,
  type NetworkTensor,
  type StringArray,
} from "./network";
export { checkBioimageioNetwork, runBioimageio } from "./runbioimageio";
export type { SegmentationOptions } from "./segmentationoptions";
export type { Segmented } from "./segmented";
export { segmentStardist } from "./stardist";
export type { StardistModel } from "./stardistmodel";

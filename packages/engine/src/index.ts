export { segmentCellpose } from "./cellpose";
export { type LabelsFromStarDistOptions, labelsFromStarDist } from "./labelsfromstardist";
export { type MasksFromFlowsOptions, masksFromFlows } from "./masksfromflows";
export type { Segmented } from "./segmented";
export { segmentStardist } from "./stardist";

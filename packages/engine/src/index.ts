export { type BioimageioModel, readBioimageioModel } from "./bioimageio";
export { bundledPath } from "./bundled";
export { segmentCellpose } from "./cellpose";
export { type CellposeModel, cellposeStyleTensor } from "./cellposemodel";
export { stardistDefaults } from "./defaults";
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
export { withOutput } from "./onnxoutput";
export { checkBioimageioNetwork, runBioimageio } from "./runbioimageio";
export type { SegmentationOptions } from "./segmentationoptions";
export type { Segmented } from "./segmented";
export { segmentStardist } from "./stardist";
export type { StardistModel } from "./stardistmodel";
export { type AdamState, newAdamState } from "./training/adam";
export { type AnnotatedImage, prepareAnnotatedImage } from "./training/annotatedimage";
export { GradientNetwork, type TrainedKind } from "./training/gradientnetwork";
export { NetworkTraining, type TrainingSample, trainingCropSide } from "./training/networktraining";
export { randomWeights, weightsOf, withWeights } from "./training/onnxweights";
export { type Random, seededRandom } from "./training/random";
export { trainingDiameter } from "./training/trainingdiameter";
export { type TrainingParameters, trainingParameters } from "./training/trainingparameters";

export { type BioimageioModel, readBioimageioModel } from "./bioimageio/bioimageio";
export { checkBioimageioNetwork, runBioimageio } from "./bioimageio/runbioimageio";
export { bundledPath } from "./bundled";
export { segmentCellpose } from "./cellpose/cellpose";
export { type CellposeModel, cellposeStyleTensor } from "./cellpose/cellposemodel";
export { type MasksFromFlowsOptions, masksFromFlows } from "./cellpose/masksfromflows";
export { stardistDefaults } from "./defaults";
export {
  loadMixedNetwork,
  loadNetwork,
  type Network,
  type NetworkOptions,
  type NetworkTensor,
  type StringArray,
} from "./network";
export { withOutput } from "./onnxoutput";
export type { SegmentationOptions } from "./segmentationoptions";
export type { Segmented } from "./segmented";
export { type LabelsFromStarDistOptions, labelsFromStarDist } from "./stardist/labelsfromstardist";
export { segmentStardist } from "./stardist/stardist";
export type { StardistModel } from "./stardist/stardistmodel";
export { type AdamState, newAdamState } from "./training/adam";
export { type AnnotatedImage, prepareAnnotatedImage } from "./training/annotatedimage";
export { GradientNetwork, type TrainedKind } from "./training/gradientnetwork";
export { NetworkTraining, type TrainingSample, trainingCropSide } from "./training/networktraining";
export { randomWeights, weightsOf, withWeights } from "./training/onnxweights";
export { type Random, seededRandom } from "./training/random";
export { trainingDiameter } from "./training/trainingdiameter";
export { type TrainingParameters, trainingParameters } from "./training/trainingparameters";

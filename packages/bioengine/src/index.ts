import { installDisplay } from "@bioengine/display";

export { codexInstructions } from "@bioengine/codex";
export {
  boxplot,
  display,
  histogram,
  imshow,
  type SelectionOptions,
  scatter,
  selection,
} from "@bioengine/display";
export {
  ball,
  binaryClosing,
  binaryDilation,
  binaryErosion,
  binaryFillHoles,
  binaryOpening,
  blackTophat,
  canny,
  clearBorder,
  closing,
  convolve,
  denoiseBilateral,
  denoiseNlMeans,
  diamond,
  differenceOfGaussians,
  dilation,
  disk,
  distanceTransformEdt,
  equalizeAdapthist,
  equalizeHist,
  erosion,
  estimateSigma,
  expandLabels,
  flood,
  floodFill,
  footprintRectangle,
  gaussian,
  hMaxima,
  hMinima,
  laplace,
  localMaxima,
  localMinima,
  medialAxis,
  median,
  octahedron,
  opening,
  peakLocalMax,
  prewitt,
  reconstruction,
  removeSmallHoles,
  removeSmallObjects,
  rescale,
  rescaleIntensity,
  resize,
  rgb2gray,
  rollingBall,
  rotate,
  scharr,
  skeletonize,
  sobel,
  square,
  thin,
  thresholdIsodata,
  thresholdLi,
  thresholdLocal,
  thresholdMean,
  thresholdNiblack,
  thresholdOtsu,
  thresholdSauvola,
  thresholdTriangle,
  thresholdYen,
  unsharpMask,
  watershed,
  whiteTophat,
} from "@bioengine/filters";
export { ModelError } from "@bioengine/hypha";
export {
  type ImageLevel,
  type ImreadOptions,
  imread,
  imwrite,
  type OpenedImage,
  type OpenImageOptions,
  openImage,
  type ReadRange,
  readArrow,
  readCsv,
  readNpz,
  writeArrow,
  writeCsv,
  writeNpz,
} from "@bioengine/imageio";
export {
  circleFit,
  convexHullImage,
  type ExtraProperty,
  findBoundaries,
  fromGeoJson,
  keepLabels,
  label,
  labelOverlaps,
  labelToRgb,
  linearFit,
  linkLabels,
  mannWhitney,
  matching,
  matchingTable,
  nearestPoints,
  pearson,
  regionprops,
  relabelSequential,
  spearman,
  toGeoJson,
  touchingLabels,
  trackLabels,
  tTest,
} from "@bioengine/measure";
export { arange, concatenate, full, NdArray, ndarray, stack, Table, unique, zeros } from "@bioengine/ndarray";
export {
  BatchError,
  ConnectionError,
  HttpError,
  InputError,
  SequenceExcutor,
  SequenceExecutor,
  TimeoutError,
  TritonClient,
} from "@bioengine/triton";
export { type ExampleTrainingImagesOptions, getExampleTrainingImages } from "./exampletrainingimages";
export {
  type ConfigOptions,
  type ExecuteOptions,
  execute,
  getConfig,
  type HyphaExecuteOptions,
} from "./execute";
export { type ExecuteBatchOptions, executeBatch } from "./executebatch";
export { type LiveInstructionsOptions, liveInstructions } from "./liveinstructions";
export { type DrawMembranesOptions, drawMembranes, type TrainingSample } from "./membranes/membranes";
export { regionpropsTable } from "./regionpropstable";
export { readRois, writeRois } from "./rois";
export { type Segmentation, type SegmentOptions, segment } from "./segment";
export { type TrainedModel, train } from "./training/train";
export type { TrainingEpoch, TrainOptions } from "./training/trainoptions";
export { describeValue } from "./valuedescription";

// From here on an array or a table as a cell's last line shows itself.
installDisplay();

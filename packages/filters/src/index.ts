export {
  type AdjustGammaOptions,
  type AdjustLogOptions,
  type AdjustSigmoidOptions,
  adjustGamma,
  adjustLog,
  adjustSigmoid,
} from "./adjustment";
export { applyHysteresisThreshold } from "./applyhysteresisthreshold";
export { type AreaOpeningOptions, areaClosing, areaOpening } from "./areaopening";
export {
  type BinaryMorphologyOptions,
  binaryClosing,
  binaryDilation,
  binaryErosion,
  binaryOpening,
} from "./binarymorphology";
export { type BlobDogOptions, blobDog } from "./blobdog";
export { type BlobLogOptions, blobLog } from "./bloblog";
export type { BlobOptions } from "./blobs";
export type { BorderMode } from "./border";
export { type CannyOptions, canny } from "./canny";
export { type ClearBorderOptions, clearBorder } from "./clearborder";
export { type ConvolveOptions, convolve } from "./convolve";
export { type DenoiseBilateralOptions, denoiseBilateral } from "./denoisebilateral";
export { type DenoiseNlMeansOptions, denoiseNlMeans } from "./denoisenlmeans";
export { type DiameterOpeningOptions, diameterClosing, diameterOpening } from "./diameteropening";
export { type DifferenceOfGaussiansOptions, differenceOfGaussians } from "./differenceofgaussians";
export { type DistanceTransformOptions, distanceTransformEdt } from "./distancetransform";
export { type EdgeOptions, prewitt, scharr, sobel } from "./edges";
export { type EqualizeAdapthistOptions, equalizeAdapthist } from "./equalizeadapthist";
export { type EqualizeHistOptions, equalizeHist } from "./equalizehist";
export { type EstimateSigmaOptions, estimateSigma } from "./estimatesigma";
export { type ExpandLabelsOptions, expandLabels } from "./expandlabels";
export { binaryFillHoles } from "./fillholes";
export { type FloodOptions, flood, floodFill } from "./flood";
export { ball, diamond, disk, footprintRectangle, octahedron, square } from "./footprint";
export { type GaussianOptions, gaussian } from "./gaussian";
export { type GaussianLaplaceOptions, gaussianLaplace } from "./gaussianlaplace";
export {
  blackTophat,
  closing,
  dilation,
  erosion,
  type MorphologyOptions,
  opening,
  whiteTophat,
} from "./greymorphology";
export { type HessianMatrixOptions, hessianMatrix } from "./hessianmatrix";
export {
  type HistogramThresholdOptions,
  thresholdIsodata,
  thresholdMean,
  thresholdOtsu,
  thresholdTriangle,
  thresholdYen,
} from "./histogramthreshold";
export { hMaxima, hMinima } from "./hmaxima";
export { imgAsFloat } from "./imgasfloat";
export { imgAsUbyte, imgAsUint } from "./imgasubyte";
export type { Order } from "./interpolation";
export { laplace } from "./laplace";
export { type LocalExtremaOptions, localMaxima, localMinima } from "./localmaxima";
export { type MarkBoundariesOptions, markBoundaries } from "./markboundaries";
export { hessianMatrixEigvals, structureTensorEigenvalues } from "./matrixfield";
export { type MedialAxisOptions, medialAxis } from "./medialaxis";
export { type MedianOptions, median } from "./median";
export { type PeakLocalMaxOptions, peakLocalMax } from "./peaklocalmax";
export { type ProfileLineOptions, profileLine } from "./profileline";
export { type ReconstructionOptions, reconstruction } from "./reconstruction";
export { type RescaleIntensityOptions, rescaleIntensity } from "./rescaleintensity";
export { type ResizeOptions, rescale, resize } from "./resize";
export { rgb2gray } from "./rgb2gray";
export {
  type FrangiOptions,
  frangi,
  type MeijeringOptions,
  meijering,
  type RidgeOptions,
  sato,
} from "./ridges";
export { type RollingBallOptions, rollingBall } from "./rollingball";
export { type RotateOptions, rotate } from "./rotate";
export { type SkeletonizeOptions, skeletonize } from "./skeletonize";
export { removeSmallHoles, removeSmallObjects, type SmallObjectsOptions } from "./smallobjects";
export { type StructureTensorOptions, structureTensor } from "./structuretensor";
export { type ThinOptions, thin } from "./thin";
export { type ThresholdLiOptions, thresholdLi } from "./thresholdli";
export { type ThresholdLocalOptions, thresholdLocal } from "./thresholdlocal";
export { type ThresholdMinimumOptions, thresholdMinimum } from "./thresholdminimum";
export { type ThresholdMultiotsuOptions, thresholdMultiotsu } from "./thresholdmultiotsu";
export {
  type ThresholdNiblackOptions,
  type ThresholdSauvolaOptions,
  thresholdNiblack,
  thresholdSauvola,
} from "./thresholdsauvola";
export { type UnsharpMaskOptions, unsharpMask } from "./unsharpmask";
export { type WatershedOptions, watershed } from "./watershed";

export type { BorderMode } from "./border";
export { hed2rgb, rgb2hed } from "./color/hed";
export { rgb2gray } from "./color/rgb2gray";
export { rgb2hsv } from "./color/rgb2hsv";
export {
  type AdjustGammaOptions,
  type AdjustLogOptions,
  type AdjustSigmoidOptions,
  adjustGamma,
  adjustLog,
  adjustSigmoid,
} from "./exposure/adjustment";
export { type EqualizeAdapthistOptions, equalizeAdapthist } from "./exposure/equalizeadapthist";
export { type EqualizeHistOptions, equalizeHist } from "./exposure/equalizehist";
export { imgAsFloat } from "./exposure/imgasfloat";
export { imgAsUbyte, imgAsUint } from "./exposure/imgasubyte";
export { type MatchHistogramsOptions, matchHistograms } from "./exposure/matchhistograms";
export { type RescaleIntensityOptions, rescaleIntensity } from "./exposure/rescaleintensity";
export { type ShannonEntropyOptions, shannonEntropy } from "./exposure/shannonentropy";
export { type BlobDogOptions, blobDog } from "./feature/blobdog";
export { type BlobLogOptions, blobLog } from "./feature/bloblog";
export type { BlobOptions } from "./feature/blobs";
export { type CannyOptions, canny } from "./feature/canny";
export { type GraycomatrixOptions, graycomatrix } from "./feature/graycomatrix";
export { graycoprops, type TextureProperty } from "./feature/graycoprops";
export { type HessianMatrixOptions, hessianMatrix } from "./feature/hessianmatrix";
export { type LocalBinaryPatternOptions, localBinaryPattern } from "./feature/localbinarypattern";
export { hessianMatrixEigvals, structureTensorEigenvalues } from "./feature/matrixfield";
export { type PeakLocalMaxOptions, peakLocalMax } from "./feature/peaklocalmax";
export {
  type FrangiOptions,
  frangi,
  type MeijeringOptions,
  meijering,
  type RidgeOptions,
  sato,
} from "./feature/ridges";
export { type StructureTensorOptions, structureTensor } from "./feature/structuretensor";
export { type ConvolveOptions, convolve } from "./filter/convolve";
export { type DifferenceOfGaussiansOptions, differenceOfGaussians } from "./filter/differenceofgaussians";
export { type EdgeOptions, prewitt, scharr, sobel } from "./filter/edges";
export { maximumFilter, minimumFilter } from "./filter/extremefilters";
export { type GaussianOptions, gaussian } from "./filter/gaussian";
export { type GaussianLaplaceOptions, gaussianLaplace } from "./filter/gaussianlaplace";
export { laplace } from "./filter/laplace";
export { type MedianOptions, median } from "./filter/median";
export { percentileFilter } from "./filter/percentilefilter";
export { type UniformFilterOptions, uniformFilter } from "./filter/uniformfilter";
export { type UnsharpMaskOptions, unsharpMask } from "./filter/unsharpmask";
export type { WindowOptions } from "./filter/windowoptions";
export { ball, diamond, disk, footprintRectangle, octahedron, square } from "./footprint";
export { type PeakSignalNoiseRatioOptions, peakSignalNoiseRatio } from "./metrics/peaksignalnoiseratio";
export { type StructuralSimilarityOptions, structuralSimilarity } from "./metrics/structuralsimilarity";
export { type AreaOpeningOptions, areaClosing, areaOpening } from "./morphology/areaopening";
export {
  type BinaryMorphologyOptions,
  binaryClosing,
  binaryDilation,
  binaryErosion,
  binaryOpening,
} from "./morphology/binarymorphology";
export { type DiameterOpeningOptions, diameterClosing, diameterOpening } from "./morphology/diameteropening";
export { type DistanceTransformOptions, distanceTransformEdt } from "./morphology/distancetransform";
export { binaryFillHoles } from "./morphology/fillholes";
export {
  blackTophat,
  closing,
  dilation,
  erosion,
  type MorphologyOptions,
  opening,
  whiteTophat,
} from "./morphology/greymorphology";
export { hMaxima, hMinima } from "./morphology/hmaxima";
export { type LocalExtremaOptions, localMaxima, localMinima } from "./morphology/localmaxima";
export { type MedialAxisOptions, medialAxis } from "./morphology/medialaxis";
export { type ReconstructionOptions, reconstruction } from "./morphology/reconstruction";
export { type SkeletonizeOptions, skeletonize } from "./morphology/skeletonize";
export { removeSmallHoles, removeSmallObjects, type SmallObjectsOptions } from "./morphology/smallobjects";
export { type ThinOptions, thin } from "./morphology/thin";
export {
  type PhaseCrossCorrelationOptions,
  phaseCrossCorrelation,
  type Registration,
} from "./registration/phasecrosscorrelation";
export { type DenoiseBilateralOptions, denoiseBilateral } from "./restoration/denoisebilateral";
export { type DenoiseNlMeansOptions, denoiseNlMeans } from "./restoration/denoisenlmeans";
export { type EstimateSigmaOptions, estimateSigma } from "./restoration/estimatesigma";
export { type RichardsonLucyOptions, richardsonLucy } from "./restoration/richardsonlucy";
export { type RollingBallOptions, rollingBall } from "./restoration/rollingball";
export { type ClearBorderOptions, clearBorder } from "./segmentation/clearborder";
export { type ExpandLabelsOptions, expandLabels } from "./segmentation/expandlabels";
export { type FloodOptions, flood, floodFill } from "./segmentation/flood";
export { type MarkBoundariesOptions, markBoundaries } from "./segmentation/markboundaries";
export { type WatershedOptions, watershed } from "./segmentation/watershed";
export { applyHysteresisThreshold } from "./threshold/applyhysteresisthreshold";
export {
  type HistogramThresholdOptions,
  thresholdIsodata,
  thresholdMean,
  thresholdOtsu,
  thresholdTriangle,
  thresholdYen,
} from "./threshold/histogramthreshold";
export { type ThresholdLiOptions, thresholdLi } from "./threshold/thresholdli";
export { type ThresholdLocalOptions, thresholdLocal } from "./threshold/thresholdlocal";
export { type ThresholdMinimumOptions, thresholdMinimum } from "./threshold/thresholdminimum";
export { type ThresholdMultiotsuOptions, thresholdMultiotsu } from "./threshold/thresholdmultiotsu";
export {
  type ThresholdNiblackOptions,
  type ThresholdSauvolaOptions,
  thresholdNiblack,
  thresholdSauvola,
} from "./threshold/thresholdsauvola";
export type { Order } from "./transform/interpolation";
export { type ProfileLineOptions, profileLine } from "./transform/profileline";
export { type ResizeOptions, rescale, resize } from "./transform/resize";
export { type RotateOptions, rotate } from "./transform/rotate";
export { type ShiftOptions, shift } from "./transform/shift";

import { type NdArray, ndarray, zeros } from "@bioengine/ndarray";
import { describe, expect, test } from "vitest";
import * as filters from "../src/index";

const image = zeros([6, 7], "uint8");
const mask = image.greater(0);

// As a cell without types says it: the compiler would refuse some of these.
const call = (name: string, ...given: unknown[]): unknown => {
  const work: unknown = Reflect.get(filters, name);
  if (typeof work !== "function") throw new Error(`There is no ${name}`);
  return work(...given);
};

describe("wrong arguments are named, with the corrected line", () => {
  const cases: [string, unknown[], string][] = [
    [
      "gaussian",
      [image, 2],
      "Cannot smooth: options must be an object, got 2; use gaussian(…, { sigma: 2 })",
    ],
    [
      "gaussian",
      [image, { preserve_range: true }],
      "got preserve_range; use gaussian(…, { preserveRange: true })",
    ],
    [
      "gaussian",
      [image, { sigma: -1 }],
      "sigma must be at least 0, one number or one for each of the 2 axes, got [-1, -1]",
    ],
    [
      "gaussian",
      [image, { mode: "edge" }],
      "mode must be one of reflect, mirror, nearest, wrap, constant, got edge",
    ],
    ["gaussian", [[1, 2]], "an NdArray is needed, got Array"],
    ["thresholdOtsu", [image, { bins: 64 }], "got bins; use thresholdOtsu(…, { nbins: 64 })"],
    ["thresholdOtsu", [ndarray([1, Number.NaN])], "the values must be finite, got NaN to NaN"],
    ["thresholdLocal", [image, 35], "use thresholdLocal(…, { blockSize: 35 })"],
    ["thresholdLocal", [image, { block_size: 4 }], "use thresholdLocal(…, { blockSize: 4 })"],
    ["thresholdLocal", [image, { blockSize: 4 }], "blockSize must be odd"],
    ["median", [image, 3], "the footprint must be an NdArray, got 3; use median(image, disk(3))"],
    ["opening", [mask, { footprint: image }], "use opening(image, disk(3))"],
    ["dilation", [mask, filters.ball(1)], "the footprint must have the image's 2 axes"],
    [
      "binaryErosion",
      [mask, undefined, { mode: "reflect" }],
      "mode must be one of ignore, min, max, got reflect",
    ],
    ["removeSmallObjects", [mask, { min_size: 64 }], "use removeSmallObjects(mask, { maxSize: 63 })"],
    ["removeSmallObjects", [mask, 20], "use removeSmallObjects(mask, { maxSize: 19 })"],
    ["removeSmallHoles", [mask, { areaThreshold: 10 }], "use removeSmallHoles(mask, { maxSize: 9 })"],
    ["removeSmallObjects", [image.astype("float32")], "use removeSmallObjects(image.greater(0))"],
    ["distanceTransformEdt", [mask, { spacing: 2 }], "use distanceTransformEdt(…, { sampling: 2 })"],
    ["distanceTransformEdt", [mask, { sampling: [1, 0] }], "sampling must be above 0"],
    ["expandLabels", [image, 3], "use expandLabels(…, { distance: 3 })"],
    ["expandLabels", [mask], "the labels must be integers, got bool; use label(mask)"],
    ["expandLabels", [image.astype("float32")], 'got float32; use mask.astype("uint16")'],
    ["expandLabels", [image.astype("float32").add(70_000)], 'use mask.astype("int32")'],
    ["expandLabels", [image.add(0.5)], "got float64; use label(mask.greater(thresholdOtsu(mask)))"],
    ["watershed", [image, image.astype("float64")], 'got float64; use markers.astype("uint16")'],
    ["watershed", [image, image.add(0.5)], "use label(markers.greater(thresholdOtsu(markers)))"],
    ["clearBorder", [image, { buffer_size: 1 }], "use clearBorder(…, { bufferSize: 1 })"],
    ["localMaxima", [image, { connectivity: 3 }], "connectivity must be a whole number from 1 to 2, got 3"],
    ["peakLocalMax", [image, { min_distance: 5 }], "use peakLocalMax(…, { minDistance: 5 })"],
    ["peakLocalMax", [image, { minDistance: 1.5 }], "minDistance must be a whole number from 0, got 1.5"],
    ["watershed", [image, mask], "the markers must be integers, got bool; use label(markers)"],
    [
      "watershed",
      [ndarray([[0, 0]]), ndarray(Uint32Array.of(5, 2 ** 32 - 1), [1, 2])],
      "must be from -2147483647 to 2147483647, got 4294967295; use relabelSequential(markers)",
    ],
    ["watershed", [image, { mask }], "use watershed(image, undefined, { mask: mask })"],
    [
      "watershed",
      [image, image, { mask: zeros([2, 2]) }],
      "the mask must have the image's shape [6, 7], got [2, 2]",
    ],
    ["watershed", [zeros([5])], "the axes must be [y, x] or [z, y, x], with pixels, got shape [5]"],
    [
      "gaussian",
      [zeros([1, 1, 1, 1, 1])],
      "the axes must be [x] or [y, x] or [z, y, x] or [z, y, x, c], with pixels, got shape [1, 1, 1, 1, 1]",
    ],
    ["thresholdLi", [zeros([0, 3])], "with pixels, got shape [0, 3]"],
    ["rgb2gray", [image], "the last axis must be red, green, blue, got shape [6, 7]"],
    ["rescaleIntensity", [image, { in_range: [0, 9] }], "use rescaleIntensity(…, { inRange: … })"],
    ["rescaleIntensity", [image, { outRange: "byte" }], "outRange must be [low, high]"],
    ["sobel", [image, { axis: 2 }], "axis must be from -2 to 1, got 2"],
    ["convolve", [image, zeros([3])], "the weights must have the image's 2 axes, got shape [3]"],
    ["reconstruction", [image.add(1), image], "the seed must be nowhere above the mask"],
    ["hMaxima", [image, 0], "h must be above 0, got 0"],
    ["flood", [image, [1]], "the seed must be 2 indices such as [0, 0], got [1]"],
    ["flood", [image, [9, 0]], "index 0 must be a whole number from -6 to 5, got 9"],
    ["resize", [image, 3], "use resize(image, [6, 7])"],
    ["resize", [image, [3, 3], { anti_aliasing: true }], "use resize(…, { antiAliasing: true })"],
    ["resize", [mask, [3, 3], { order: 1 }], "order must be 0 for bool, got 1"],
    ["rescale", [image, 0], "scale must be above 0"],
    ["rotate", [zeros([2, 2, 2]), 30], "the axes must be [y, x]"],
    ["rotate", [image, 30, { order: 2 }], "order must be 0, 1 or 3, got 2"],
    ["canny", [image, { low_threshold: 3 }], "use canny(…, { lowThreshold: 3 })"],
    [
      "canny",
      [image, { lowThreshold: 30, highThreshold: 3 }],
      "highThreshold must be at least lowThreshold, got 3 below 30",
    ],
    ["canny", [zeros([2, 2, 2])], "the axes must be [y, x]"],
    [
      "canny",
      [image, { useQuantiles: true, lowThreshold: 3 }],
      "lowThreshold must be a share from 0 to 1, got 3",
    ],
    ["denoiseBilateral", [image, { sigma_color: 1 }], "use denoiseBilateral(…, { sigmaColor: 1 })"],
    ["denoiseBilateral", [image, { winSize: 4 }], "winSize must be odd, got 4"],
    [
      "denoiseBilateral",
      [zeros([2, 3, 3])],
      "the axes must be [y, x], with pixels, got shape [2, 3, 3]; use rgb2gray(image)",
    ],
    ["denoiseNlMeans", [image, { patch_size: 5 }], "use denoiseNlMeans(…, { patchSize: 5 })"],
    ["denoiseNlMeans", [image, 0.1], "Cannot denoise: options must be an object, got 0.1"],
    ["denoiseNlMeans", [image, { patchSize: 0 }], "patchSize must be a whole number above 0, got 0"],
    ["denoiseNlMeans", [image, { h: 0 }], "h must be above 0, got 0"],
    ["denoiseNlMeans", [image, { channelAxis: 2 }], "channelAxis must be from -2 to 1, got 2"],
    [
      "denoiseNlMeans",
      [image, { channelAxis: 1 }],
      "must be [y, x] or [z, y, x] besides the channels, got shape [6, 7]; leave out channelAxis",
    ],
    ["differenceOfGaussians", [image], "use differenceOfGaussians(image, 1)"],
    ["differenceOfGaussians", [image, 2, 3], "use differenceOfGaussians(…, { highSigma: 3 })"],
    [
      "differenceOfGaussians",
      [image, 2, { highSigma: 1 }],
      "highSigma must be at least lowSigma, got [1, 1]",
    ],
    [
      "equalizeAdapthist",
      [image.astype("int32")],
      "the image must be uint8, uint16, bool or of floats, got int32",
    ],
    [
      "equalizeAdapthist",
      [image.add(7).astype("float32")],
      "must be from -1 to 1, got 7 to 7; use rescaleIntensity(image)",
    ],
    ["equalizeAdapthist", [image, { clipLimit: 2 }], "clipLimit must be from 0 to 1, got 2"],
    ["estimateSigma", [image, { channel_axis: -1 }], "use estimateSigma(…, { channelAxis: -1 })"],
    ["estimateSigma", [zeros([5])], "Cannot estimate the noise: the axes must be [y, x] or [z, y, x]"],
    ["equalizeHist", [image, 64], "use equalizeHist(…, { nbins: 64 })"],
    [
      "equalizeHist",
      [ndarray([1, Number.POSITIVE_INFINITY])],
      "the values must be finite, got 1 to Infinity",
    ],
    ["equalizeHist", [image, { nbins: 0 }], "nbins must be a whole number above 0, got 0"],
    ["laplace", [3], "an NdArray is needed, got Number"],
    [
      "median",
      [new Float32Array(3)],
      "an image is needed, got a list of numbers; use ndarray(values).percentile(50)",
    ],
    ["prewitt", [image, { axis: 2 }], "axis must be from -2 to 1, got 2"],
    ["rollingBall", [image, 30], "use rollingBall(…, { radius: 30 })"],
    ["rollingBall", [image, { radius: 0 }], "radius must be above 0, got 0"],
    ["thresholdNiblack", [image, { blockSize: 5 }], "use thresholdNiblack(…, { windowSize: 5 })"],
    ["thresholdNiblack", [image, { windowSize: 4 }], "windowSize must be odd"],
    ["thresholdSauvola", [image, { r: 0 }], "r must be above 0, got 0"],
    ["unsharpMask", [image, { sigma: 3 }], "use unsharpMask(…, { radius: 3 })"],
    ["unsharpMask", [image, { amount: "1" }], "amount must be a finite number, got 1"],
    ["watershed", [image, image, { compactness: -1 }], "compactness must be at least 0, got -1"],
    ["watershed", [image, 0], "the number of markers must be a whole number above 0, got 0"],
    ["thresholdLi", [image, { tolerance: 0 }], "tolerance must be above 0, got 0"],
    ["skeletonize", [image, "lee"], 'use skeletonize(…, { method: "lee" })'],
    ["skeletonize", [image, { method: "thin" }], "method must be zhang or lee, got thin"],
    ["skeletonize", [zeros([2, 2, 2]), { method: "zhang" }], "method must be lee for [z, y, x], got zhang"],
    ["adjustGamma", [image, 0.5], "use adjustGamma(…, { gamma: 0.5 })"],
    ["adjustGamma", [image, { gamma: -1 }], "Cannot adjust grey values: gamma must be at least 0, got -1"],
    ["adjustLog", [image.astype("float64").add(-1)], "they must be at least 0, got -1; use rescaleIntensity"],
    ["adjustSigmoid", [image, { cut_off: 0.2 }], "use adjustSigmoid(…, { cutoff: 0.2 })"],
    [
      "applyHysteresisThreshold",
      [image, 3],
      "high must be a number, as in applyHysteresisThreshold(image, 100, 200)",
    ],
    [
      "imgAsUbyte",
      [image.astype("float32").add(7)],
      "floats must be from -1 to 1, got 7 to 7; use rescaleIntensity",
    ],
    ["thresholdMultiotsu", [image, 3], "use thresholdMultiotsu(…, { classes: 3 })"],
    ["thresholdMultiotsu", [image], "at least as many different values as classes, got 1 for 3"],
    ["thresholdMultiotsu", [image, { classes: 1 }], "classes must be a whole number from 2, got 1"],
    [
      "gaussianLaplace",
      [image],
      "sigma must be a number or one for each axis, got undefined; use gaussianLaplace(image, 2)",
    ],
    [
      "gaussianLaplace",
      [image, [1, 0]],
      "sigma must be above 0, one number or one for each of the 2 axes, got [1, 0]",
    ],
    [
      "thresholdMinimum",
      [image],
      "the smoothed histogram must have two peaks, got 0; use thresholdOtsu(image)",
    ],
    ["thresholdMinimum", [image, 64], "use thresholdMinimum(…, { nbins: 64 })"],
    ["thin", [mask, 3], "use thin(…, { maxNumIter: 3 })"],
    ["thin", [mask, { max_num_iter: 3 }], "use thin(…, { maxNumIter: 3 })"],
    ["thin", [mask, { maxNumIter: 0 }], "maxNumIter must be above 0, got 0"],
    ["medialAxis", [mask, { return_distance: true }], "use medialAxis(…, { returnDistance: true })"],
    [
      "medialAxis",
      [mask, { mask: zeros([2, 2]) }],
      "the mask must have the image's shape [6, 7], got [2, 2]",
    ],
    [
      "profileLine",
      [image, 3, [1, 2]],
      "the start must be two numbers y and x, got 3; use profileLine(image, [0, 0], [",
    ],
    ["profileLine", [image, [0, 0], [1, Number.NaN]], "the end must be two numbers y and x, got [1, NaN]"],
    [
      "profileLine",
      [image, [0, 0], [1, 2], { linewidth: 0 }],
      "linewidth must be a whole number from 1, got 0",
    ],
    ["profileLine", [image, [0, 0], [1, 2], { order: 3 }], "order must be 0 or 1, got 3"],
    ["profileLine", [mask, [0, 0], [1, 2], { order: 1 }], "order must be 0 for bool, got 1"],
    [
      "profileLine",
      [image, [0, 0], [1, 2], { reduce_func: "max" }],
      'use profileLine(…, { reduceFunc: "max" })',
    ],
    [
      "profileLine",
      [image, [0, 0], [1, 2], { reduceFunc: "median" }],
      "one of mean, max, min, sum, got median",
    ],
    ["profileLine", [zeros([5, 6, 3]), [0, 0], [1, 2]], "use rgb2gray(image)"],
    [
      "markBoundaries",
      [image, zeros([2, 2], "uint8")],
      "must be [y, x] or [y, x, 3] with the labels' [2, 2], got [6, 7]",
    ],
    [
      "markBoundaries",
      [image, mask, { color: "red" }],
      "got red; use markBoundaries(…, { color: [1, 0, 0] })",
    ],
    [
      "markBoundaries",
      [image, mask, { mode: "subpixel" }],
      "mode must be thick, inner or outer, got subpixel",
    ],
    ["markBoundaries", [image, image.add(0.5)], "the values must be integers, got float64"],
    ["areaOpening", [image, 64], "use areaOpening(…, { areaThreshold: 64 })"],
    ["areaClosing", [image, { area_threshold: 9 }], "use areaClosing(…, { areaThreshold: 9 })"],
    ["areaOpening", [image, { areaThreshold: -1 }], "areaThreshold must be at least 0, got -1"],
    ["diameterOpening", [image, 8], "use diameterOpening(…, { diameterThreshold: 8 })"],
    [
      "diameterClosing",
      [image, { connectivity: 3 }],
      "connectivity must be a whole number from 1 to 2, got 3",
    ],
    ["blobLog", [image, { max_sigma: 9 }], "use blobLog(…, { maxSigma: 9 })"],
    ["blobLog", [image, { minSigma: 0 }], "minSigma must be above 0"],
    [
      "blobLog",
      [image, { minSigma: 3, maxSigma: 2 }],
      "maxSigma must be at least minSigma, got [2, 2] below [3, 3]",
    ],
    ["blobLog", [image, { numSigma: 0.5 }], "numSigma must be a whole number above 0, got 0.5"],
    ["blobLog", [image, { overlap: 50 }], "overlap must be from 0 to 1, got 50"],
    [
      "blobLog",
      [image, { excludeBorder: [1, 2, 3] }],
      "excludeBorder must be whole numbers from 0, one number or",
    ],
    ["blobDog", [image, { sigmaRatio: 1 }], "sigmaRatio must be above 1, got 1"],
    ["blobDog", [zeros([5])], "the axes must be [y, x] or [z, y, x], with pixels, got shape [5]"],
    ["sato", [image, { black_ridges: false }], "use sato(…, { blackRidges: false })"],
    ["sato", [image, { sigma: 2 }], "use sato(…, { sigmas: 2 })"],
    ["sato", [image, { sigmas: 2 }], "sigmas must be numbers above 0, got 2; use sato(…, { sigmas: [2] })"],
    ["frangi", [image, { sigmas: [0] }], "got [0]; use frangi(…, { sigmas: [1, 2, 3] })"],
    ["frangi", [image, { beta: 0 }], "beta must be above 0, got 0"],
    ["frangi", [[1]], "Cannot find ridges: an NdArray is needed, got Array"],
    [
      "meijering",
      [image, { beta: 1 }],
      "options must be among sigmas, blackRidges, mode, cval, alpha, got beta",
    ],
    ["meijering", [[1]], "Cannot find ridges: an NdArray is needed, got Array"],
    ["meijering", [image, { alpha: Number.NaN }], "alpha must be a finite number, got NaN"],
    ["hessianMatrix", [image, 2], "use hessianMatrix(…, { sigma: 2 })"],
    [
      "hessianMatrix",
      [image, { order: "rc" }],
      "options must be among sigma, mode, cval, useGaussianDerivatives",
    ],
    ["hessianMatrix", [zeros([1, 5])], "each axis must have 2 pixels at least, got shape [1, 5]"],
    ["hessianMatrixEigvals", [image], "3 arrays [y, x] or 6 arrays [z, y, x] are needed, got NdArray"],
    ["hessianMatrixEigvals", [[image, image]], "got 2 of 2 axes; use hessianMatrix(image)"],
    ["structureTensor", [image, { sigma: -1 }], "sigma must be at least 0"],
    ["phaseCrossCorrelation", [image, zeros([2, 2])], "the moving image must have the image's shape [6, 7]"],
    ["phaseCrossCorrelation", [zeros([5]), zeros([5])], "the axes must be [y, x] or [z, y, x], with pixels"],
    [
      "phaseCrossCorrelation",
      [image, image, { upsample_factor: 10 }],
      "use phaseCrossCorrelation(…, { upsampleFactor: 10 })",
    ],
    [
      "phaseCrossCorrelation",
      [image, image, { upsampleFactor: 0.5 }],
      "upsampleFactor must be a whole number above 0, got 0.5",
    ],
    [
      "phaseCrossCorrelation",
      [image, image, { normalization: "none" }],
      'normalization must be "phase" or null, got none',
    ],
    [
      "phaseCrossCorrelation",
      [ndarray([[Number.NaN]]), ndarray([[1]])],
      "the values of the reference must be finite, got NaN to NaN",
    ],
    ["shift", [image], "the offsets must be numbers of pixels, got undefined; use shift(image, [1, 2])"],
    ["shift", [image, [1]], "offsets must be finite, one number or one for each of the 2 axes, got [1]"],
    ["shift", [image, 1, { order: 2 }], "order must be 0, 1 or 3, got 2"],
    ["shift", [mask, 1, { order: 1 }], "order must be 0 for bool, got 1"],
    [
      "shift",
      [image, 1, { mode: "grid-wrap" }],
      "mode must be one of reflect, mirror, nearest, wrap, constant",
    ],
    ["rgb2hed", [image], "Cannot separate stains: the last axis must be red, green, blue, got shape [6, 7]"],
    ["rgb2hed", [zeros([2, 2, 4])], "use rgb2hed(image.slice(null, null, [0, 3]))"],
    ["hed2rgb", [image], "the last axis must be haematoxylin, eosin, DAB, got shape [6, 7]"],
    ["rgb2hsv", [3], "Cannot convert to hue, saturation, value: an NdArray is needed, got number"],
    ["matchHistograms", [image], "Cannot match histograms: an NdArray is needed, got Undefined"],
    ["matchHistograms", [image, zeros([5])], "the axes must be [y, x], with pixels, got shape [5]"],
    [
      "matchHistograms",
      [zeros([2, 2, 3]), zeros([2, 2, 2]), { channelAxis: -1 }],
      "the reference must have the image's 3 channels, got 2",
    ],
    ["matchHistograms", [image, image, { channel_axis: -1 }], "use matchHistograms(…, { channelAxis: -1 })"],
    ["matchHistograms", [ndarray([[Number.NaN]]), image], "the values of the image must be finite"],
    ["shannonEntropy", [image, 10], "use shannonEntropy(…, { base: 10 })"],
    ["shannonEntropy", [image, { base: 1 }], "base must be above 1, got 1"],
    [
      "graycomatrix",
      [image, 1, [0]],
      "the distances must be a list of numbers, got 1; use graycomatrix(image, [1], [0])",
    ],
    ["graycomatrix", [image, [1]], "the angles must be a list of numbers, got undefined"],
    ["graycomatrix", [mask, [1], [0]], 'the image must be of integers, got bool; use image.astype("uint8")'],
    ["graycomatrix", [image.add(0.5), [1], [0]], "use imgAsUbyte(rescaleIntensity(image))"],
    [
      "graycomatrix",
      [image.astype("uint16"), [1], [0]],
      "levels must be given for uint16, got none; use graycomatrix(image, [1], [0], { levels: 1 })",
    ],
    [
      "graycomatrix",
      [image.add(9).astype("uint8"), [1], [0], { levels: 8 }],
      "grey values must be from 0 to levels - 1, 7, got 9 to 9",
    ],
    ["graycomatrix", [image, [1], [0], { normalized: true }], "use graycomatrix(…, { normed: true })"],
    [
      "graycoprops",
      [image],
      "the axes must be [level, level, distance, angle], got shape [6, 7]; use graycoprops(graycomatrix(image, [1], [0]))",
    ],
    ["graycoprops", [zeros([2, 2, 1, 1]), "Contrast"], "the property must be one of contrast, dissimilarity"],
    ["localBinaryPattern", [image], "points must be a whole number from 1 to 32, got undefined"],
    ["localBinaryPattern", [image, 8], "radius must be above 0, got undefined"],
    ["localBinaryPattern", [image, 8, 1, "uniform"], 'use localBinaryPattern(…, { method: "uniform" })'],
    [
      "localBinaryPattern",
      [image, 8, 1, { method: "U" }],
      "method must be one of default, ror, uniform, nri_uniform, var, got U",
    ],
    [
      "structuralSimilarity",
      [image.astype("float32"), image],
      "dataRange must be given for floats, got none",
    ],
    ["structuralSimilarity", [image, zeros([2, 2])], "the other image must have the image's shape [6, 7]"],
    [
      "structuralSimilarity",
      [image, image],
      "winSize must be odd, from 3 to the image's shortest side, 6, got 7",
    ],
    [
      "structuralSimilarity",
      [image, image, { data_range: 255 }],
      "use structuralSimilarity(…, { dataRange: 255 })",
    ],
    ["peakSignalNoiseRatio", [image, image, { dataRange: 0 }], "dataRange must be above 0, got 0"],
    [
      "peakSignalNoiseRatio",
      [ndarray([[0, 9]]), ndarray([[0, 9]])],
      "got 0 to 9; use peakSignalNoiseRatio(truth, image, { dataRange: 9 })",
    ],
    ["uniformFilter", [image, 5], "use uniformFilter(…, { size: 5 })"],
    [
      "uniformFilter",
      [image, { size: 0 }],
      "size must be a whole number above 0, one number or one for each of the 2 axes, got [0, 0]",
    ],
    ["minimumFilter", [image, 5], "use minimumFilter(…, { size: 5 })"],
    [
      "maximumFilter",
      [image, { footprint: 3 }],
      "the footprint must be an NdArray, got 3; use maximumFilter(…, { footprint: disk(3) })",
    ],
    ["percentileFilter", [image], "percentile must be from 0 to 100, got undefined"],
    ["percentileFilter", [image, 20, 5], "use percentileFilter(…, { size: 5 })"],
    [
      "richardsonLucy",
      [image],
      "the point spread function must be an NdArray, got undefined; use richardsonLucy(image, psf)",
    ],
    [
      "richardsonLucy",
      [image, zeros([3])],
      "the point spread function must have the image's 2 axes, got shape [3]",
    ],
    ["richardsonLucy", [image, zeros([3, 3]), { iterations: 5 }], "use richardsonLucy(…, { numIter: 5 })"],
    [
      "richardsonLucy",
      [image, zeros([3, 3]), { numIter: 0 }],
      "numIter must be a whole number above 0, got 0",
    ],
    ["disk", [-1], "radius must be at least 0, got -1"],
    ["footprintRectangle", [3], "the shape must be lengths above 0 such as [3, 3], got [3]"],
  ];
  test.each(cases)("%s(%j)", (name, given, message) => {
    expect(() => call(name, ...given)).toThrow(message);
  });
});

test("estimateSigma() is 0 where there is no noise", () => {
  expect(filters.estimateSigma(image)).toBe(0);
});

const list = (array: NdArray): number[] => Array.from(array.astype("float64").data);

test("areaOpening() and diameterClosing() of an image that is too small are flat", () => {
  const slope = ndarray([[3, 1, 2]]);
  expect(list(filters.areaOpening(slope))).toEqual([1, 1, 1]);
  expect(list(filters.diameterClosing(slope))).toEqual([3, 3, 3]);
});

test("distanceTransformEdt() is infinite where there is no background", () => {
  expect(list(filters.distanceTransformEdt(ndarray([[1, 1]])))).toEqual([Infinity, Infinity]);
});

test("phaseCrossCorrelation() of zeros finds no shift", () => {
  for (const pair of [
    [image, image],
    [image, image.add(1)],
    [image.add(1), image],
  ]) {
    expect(filters.phaseCrossCorrelation(pair[0], pair[1]).shift).toEqual([0, 0]);
  }
});

test("shift() keeps labels whole, and their role", () => {
  const labels = ndarray([[1, 1, 2, 2]])
    .astype("int32")
    .withMetadata({ role: "labels" });
  const shifted = filters.shift(labels, [0, 1.2]);
  expect(list(shifted)).toEqual([0, 0, 1, 2]);
  expect(shifted.role).toBe("labels");
});

test("watershed() takes points as markers 1, 2, … in their order", () => {
  const relief = ndarray(Float64Array.of(0, 1, 2, 1, 0, 1, 3, 1, 0), [1, 9]);
  const flat = ndarray(new Float64Array(63), [7, 9]);
  const points = ndarray(Int32Array.of(0, 8, 0, 0, 0, 4), [3, 2]);
  const markers = ndarray(Int32Array.of(2, 0, 0, 0, 3, 0, 0, 0, 1), [1, 9]);
  expect([...filters.watershed(relief, points).data]).toEqual([...filters.watershed(relief, markers).data]);
  const volume = flat.reshape([7, 3, 3]);
  expect(filters.watershed(volume, ndarray(Int32Array.of(0, 0, 0, 6, 2, 2), [2, 3])).max()).toBe(2);
  expect(() => filters.watershed(flat, ndarray(Int32Array.of(0, 9), [1, 2]))).toThrow(
    "Cannot flood: markers that are points must lie in the image of shape [7, 9], got 9 at [0, 1]",
  );
  expect(() => filters.watershed(flat, ndarray([0.5, 1], [1, 2]))).toThrow("got 0.5 at [0, 0]");
});

test("watershed() keeps views, 64-bit markers and the arguments as they are", () => {
  const relief = ndarray([
    [3, 1, 2, 0],
    [0, 0, 0, 0],
  ]);
  const markers = ndarray([[2n, 0n, 0n, 7n]]);
  const before = list(relief);
  const labels = filters.watershed(relief.slice([0, 1]), markers);
  expect(list(labels)).toEqual([2, 7, 7, 7]);
  expect(labels.role).toBe("labels");
  expect(list(relief)).toEqual(before);
  expect(list(markers)).toEqual([2, 0, 0, 7]);
});

test("removeSmallObjects() and clearBorder() keep 64-bit labels", () => {
  // Their low halves are equal.
  const [large, small] = [5n, 5n + 2n ** 32n];
  const labels = ndarray([
    [large, large, 0n, 0n],
    [0n, 0n, small, 0n],
    [0n, 0n, 0n, 0n],
  ]);
  expect(filters.removeSmallObjects(labels, { maxSize: 1 }).data).toEqual(
    BigInt64Array.of(large, large, ...new Array<bigint>(10).fill(0n)),
  );
  expect(filters.clearBorder(labels).dtype).toBe("int64");
});

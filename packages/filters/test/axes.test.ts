import { type NdArray, ndarray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import * as filters from "../src/index";

const image = ndarray(
  [
    [1, 2, 3],
    [4, 9, 5],
  ],
  undefined,
  { axes: "YX", spacing: [0.5, 0.25] },
).astype("uint8");
const mask = image.greater(2);

const kept: Record<string, () => NdArray> = {
  adjustGamma: () => filters.adjustGamma(image),
  applyHysteresisThreshold: () => filters.applyHysteresisThreshold(image, 2, 4),
  areaOpening: () => filters.areaOpening(image),
  binaryClosing: () => filters.binaryClosing(mask),
  binaryFillHoles: () => filters.binaryFillHoles(mask),
  canny: () => filters.canny(image),
  clearBorder: () => filters.clearBorder(mask),
  convolve: () => filters.convolve(image, ndarray([[1]])),
  denoiseBilateral: () => filters.denoiseBilateral(image),
  denoiseNlMeans: () => filters.denoiseNlMeans(image),
  diameterOpening: () => filters.diameterOpening(image),
  differenceOfGaussians: () => filters.differenceOfGaussians(image, 1),
  distanceTransformEdt: () => filters.distanceTransformEdt(mask),
  equalizeAdapthist: () => filters.equalizeAdapthist(image),
  equalizeHist: () => filters.equalizeHist(image),
  expandLabels: () => filters.expandLabels(image),
  flood: () => filters.flood(image, [0, 0]),
  floodFill: () => filters.floodFill(image, [0, 0], 3),
  gaussian: () => filters.gaussian(image),
  gaussianLaplace: () => filters.gaussianLaplace(image, 1),
  hessianMatrix: () => filters.hessianMatrix(image)[1],
  hMaxima: () => filters.hMaxima(image, 1),
  imgAsFloat: () => filters.imgAsFloat(image),
  imgAsUbyte: () => filters.imgAsUbyte(image),
  laplace: () => filters.laplace(image),
  maximumFilter: () => filters.maximumFilter(image),
  minimumFilter: () => filters.minimumFilter(image),
  percentileFilter: () => filters.percentileFilter(image, 20),
  uniformFilter: () => filters.uniformFilter(image),
  localBinaryPattern: () => filters.localBinaryPattern(image, 8, 1),
  localMaxima: () => filters.localMaxima(image),
  medialAxis: () => filters.medialAxis(mask),
  matchHistograms: () => filters.matchHistograms(image, image),
  median: () => filters.median(image),
  opening: () => filters.opening(image),
  reconstruction: () => filters.reconstruction(image, image),
  removeSmallHoles: () => filters.removeSmallHoles(mask),
  removeSmallObjects: () => filters.removeSmallObjects(mask),
  rescaleIntensity: () => filters.rescaleIntensity(image),
  richardsonLucy: () => filters.richardsonLucy(image, image, { numIter: 1 }),
  rollingBall: () => filters.rollingBall(image, { radius: 2 }),
  sato: () => filters.sato(image),
  shift: () => filters.shift(image, 0.5),
  skeletonize: () => filters.skeletonize(mask),
  sobel: () => filters.sobel(image),
  structureTensor: () => filters.structureTensor(image)[1],
  thin: () => filters.thin(mask),
  thresholdLocal: () => filters.thresholdLocal(image),
  thresholdNiblack: () => filters.thresholdNiblack(image, { windowSize: 3 }),
  thresholdSauvola: () => filters.thresholdSauvola(image, { windowSize: 3 }),
  unsharpMask: () => filters.unsharpMask(image),
  watershed: () => filters.watershed(image),
};

test.each(Object.entries(kept))("%s() keeps the axes and the spacing", (_, run) => {
  const result = run();
  expect([result.axes, result.spacing]).toEqual(["YX", [0.5, 0.25]]);
});

test("resize() makes the spacing wider as pixels become fewer", () => {
  expect(filters.resize(image, [4, 1]).spacing).toEqual([0.25, 0.75]);
  expect(filters.rescale(image, 2).spacing).toEqual([0.25, 0.125]);
});

test("rotate() keeps the spacing of square pixels alone", () => {
  const square = ndarray(image.data, image.shape, { axes: "YX", spacing: [0.5, 0.5] });
  expect(filters.rotate(square, 10).spacing).toEqual([0.5, 0.5]);
  const turned = filters.rotate(image, 10);
  expect([turned.axes, turned.spacing]).toEqual(["YX", undefined]);
});

test("markBoundaries() adds the axis of the colours", () => {
  const marked = filters.markBoundaries(image, mask);
  expect([marked.axes, marked.spacing]).toEqual(["YXS", [0.5, 0.25]]);
});

test("rgb2hed() keeps the axes and the spacing", () => {
  const colours = ndarray([1, 2, 3, 4, 5, 6], [1, 2, 3], { axes: "YXS", spacing: [2, 3] });
  const hed = filters.rgb2hed(colours);
  expect([hed.axes, hed.spacing]).toEqual(["YXS", [2, 3]]);
});

test("rgb2gray() drops the axis of the colours", () => {
  const colours = ndarray([1, 2, 3, 4, 5, 6], [1, 2, 3], { axes: "YXS", spacing: [2, 3] });
  const gray = filters.rgb2gray(colours);
  expect([gray.axes, gray.spacing]).toEqual(["YX", [2, 3]]);
});

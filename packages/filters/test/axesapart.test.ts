import { type NdArray, ndarray, stack } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import * as filters from "../src/index";

const { gaussian } = filters;

/** Values without a pattern, of two or three planes of 6 x 5 pixels. */
const noise = (...shape: number[]): NdArray => {
  const size = shape.reduce((product, length) => product * length, 1);
  return ndarray(
    Array.from({ length: size }, (_, i) => (i * i * 7 + i * 13) % 97),
    shape,
  ).astype("uint8");
};
const channels = noise(2, 6, 5).withMetadata({ axes: "CYX" });
const film = noise(3, 6, 5).withMetadata({ axes: "TYX" });
const last = noise(6, 5, 2).withMetadata({ axes: "YXC" });
const colours = noise(6, 5, 3).withMetadata({ axes: "YXS" });

/** Run the line of an error, which has one for each choice. */
const run = (line: string, image: NdArray): unknown =>
  new Function(
    "image",
    "stack",
    "filters",
    `const { ${Object.keys(filters).join(", ")} } = filters; return ${line}`,
  )(image, stack, filters);

const byNeighbours: Record<string, (image: NdArray) => unknown> = {
  applyHysteresisThreshold: (image) => filters.applyHysteresisThreshold(image, 20, 60),
  areaOpening: (image) => filters.areaOpening(image),
  binaryErosion: (image) => filters.binaryErosion(image.greater(40)),
  binaryFillHoles: (image) => filters.binaryFillHoles(image.greater(40)),
  blobLog: (image) => filters.blobLog(image),
  canny: (image) => filters.canny(image),
  clearBorder: (image) => filters.clearBorder(image),
  denoiseBilateral: (image) => filters.denoiseBilateral(image),
  diameterOpening: (image) => filters.diameterOpening(image),
  differenceOfGaussians: (image) => filters.differenceOfGaussians(image, 1),
  distanceTransformEdt: (image) => filters.distanceTransformEdt(image),
  equalizeAdapthist: (image) => filters.equalizeAdapthist(image),
  erosion: (image) => filters.erosion(image),
  expandLabels: (image) => filters.expandLabels(image),
  flood: (image) => filters.flood(image, [0, 0]),
  gaussianLaplace: (image) => filters.gaussianLaplace(image, 1),
  graycomatrix: (image) => filters.graycomatrix(image, [1], [0]),
  hessianMatrix: (image) => filters.hessianMatrix(image),
  hMaxima: (image) => filters.hMaxima(image, 3),
  laplace: (image) => filters.laplace(image),
  localBinaryPattern: (image) => filters.localBinaryPattern(image, 8, 1),
  localMaxima: (image) => filters.localMaxima(image),
  maximumFilter: (image) => filters.maximumFilter(image),
  median: (image) => filters.median(image),
  medialAxis: (image) => filters.medialAxis(image),
  peakLocalMax: (image) => filters.peakLocalMax(image),
  removeSmallObjects: (image) => filters.removeSmallObjects(image.greater(40)),
  rollingBall: (image) => filters.rollingBall(image, { radius: 2 }),
  sato: (image) => filters.sato(image),
  shift: (image) => filters.shift(image, 0.5),
  skeletonize: (image) => filters.skeletonize(image),
  sobel: (image) => filters.sobel(image),
  structureTensor: (image) => filters.structureTensor(image),
  thin: (image) => filters.thin(image),
  thresholdLocal: (image) => filters.thresholdLocal(image),
  thresholdSauvola: (image) => filters.thresholdSauvola(image, { windowSize: 3 }),
  uniformFilter: (image) => filters.uniformFilter(image),
  unsharpMask: (image) => filters.unsharpMask(image),
  watershed: (image) => filters.watershed(image),
};

const errorOf = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    return String(error);
  }
  return "no error";
};

test.each(Object.entries(byNeighbours))(
  "%s() refuses channels and frames, with lines that run",
  (name, call) => {
    const subject = ["clearBorder", "expandLabels"].includes(name) ? "mask" : "image";
    for (const [image, part] of [
      [channels, "channel"],
      [film, "frame"],
      [last, "channel"],
    ] as const) {
      const error = errorOf(() => call(image));
      expect(error).toContain(`no plane of a volume, got axes ${image.axes}; use ${name}(${subject}.`);
      const [, one, all] = /; use (.*) for one \w+, (.*) for all$/.exec(error) ?? [];
      const lines = [one, all].map((line) => line.replaceAll("mask", "image"));
      expect(error).toContain(`a ${part} is`);
      run(lines[0], image);
      const whole = run(lines[1], image);
      if (lines[1].startsWith("stack")) {
        expect([(whole as NdArray).axes, (whole as NdArray).shape]).toEqual([image.axes, image.shape]);
      }
    }
    expect(errorOf(() => call(colours))).toContain(`use ${name}(rgb2gray(${subject})`);
    expect(() => call(ndarray(channels.data, channels.shape).at(0))).not.toThrow();
  },
);

test("gaussian() smooths the channels that an image is known to have one by one", () => {
  for (const [image, channelAxis] of [
    [channels, 0],
    [last, 2],
    [colours, 2],
  ] as const) {
    const plain = ndarray(image.data, image.shape);
    expect(gaussian(image).data).toEqual(gaussian(plain, { channelAxis }).data);
    expect(gaussian(image).data).not.toEqual(gaussian(plain).data);
  }
  expect(gaussian(channels).at(1).data).toEqual(gaussian(channels.at(1)).data);
  const series = noise(2, 2, 6, 5).withMetadata({ axes: "TCYX" });
  expect(errorOf(() => gaussian(series))).toContain("use gaussian(image.at(0, 0)) for one frame");
  expect(errorOf(() => gaussian(series, { channelAxis: 1 }))).toContain("got axes TCYX");
});

test("a length for each axis says what is mixed", () => {
  const still = gaussian(film, { sigma: [0, 1, 1] });
  expect(still.at(2).data).toEqual(gaussian(film.at(2)).data);
  expect(filters.uniformFilter(film, { size: [1, 3, 3] }).at(1).data).toEqual(
    filters.uniformFilter(film.at(1)).data,
  );
  expect(filters.rescale(film, [1, 0.5, 0.5]).shape).toEqual([3, 3, 2]);
  expect(errorOf(() => filters.rescale(film, 0.5))).toContain("use rescale(image, [1, 0.5, 0.5])");
});

test("a second array of the same axes is taken by channel and frame, too", () => {
  const level = film.astype("float64");
  const error = errorOf(() => filters.reconstruction(level, level));
  const each = "reconstruction(seed.at(t), mask.at(t))";
  expect(error).toContain(
    `use reconstruction(seed.at(0), mask.at(0)) for one frame, stack(Array.from({ length: seed.shape[0] }, (_, t) => ${each}`,
  );
  expect(errorOf(() => filters.watershed(last, last.astype("int32")))).toContain(
    "use watershed(image.slice(null, null, 0), markers.slice(null, null, 0)) for one channel",
  );
  expect(errorOf(() => filters.watershed(film, 2))).toContain("use watershed(image.at(0), 2) for one frame");
});

test("a footprint of one channel mixes none", () => {
  const flat = filters.footprintRectangle([3, 3]).expandDims(0);
  expect(filters.median(film, flat).at(1).data).toEqual(filters.median(film.at(1)).data);
  expect(errorOf(() => filters.median(film, filters.ball(1)))).toContain("median(image.at(0), footprint)");
});

test("what goes pixel by pixel takes channels and frames", () => {
  for (const image of [channels, film, last]) {
    expect(filters.thresholdOtsu(image)).toBe(filters.thresholdOtsu(ndarray(image.data, image.shape)));
    expect(filters.rescaleIntensity(image).axes).toBe(image.axes);
    expect(filters.adjustGamma(image).axes).toBe(image.axes);
    expect(filters.imgAsFloat(image).axes).toBe(image.axes);
    expect(filters.matchHistograms(image, image).axes).toBe(image.axes);
  }
});

test("functions of a channel axis take the known one", () => {
  const plain = ndarray(channels.data, channels.shape);
  expect(filters.matchHistograms(channels, channels).data).toEqual(
    filters.matchHistograms(plain, plain, { channelAxis: 0 }).data,
  );
  const small = { patchSize: 3, patchDistance: 2 };
  expect(filters.denoiseNlMeans(channels, small).data).toEqual(
    filters.denoiseNlMeans(plain, { ...small, channelAxis: 0 }).data,
  );
  const shifted = channels.add(1).astype("uint8");
  expect(filters.structuralSimilarity(channels, shifted, { winSize: 3 })).toBe(
    filters.structuralSimilarity(plain, ndarray(shifted.data, shifted.shape), { winSize: 3, channelAxis: 0 }),
  );
  expect(errorOf(() => filters.estimateSigma(channels))).toContain(
    "use estimateSigma(image, { channelAxis: 0 })",
  );
  expect(filters.estimateSigma(channels, { channelAxis: 0 })).toHaveLength(2);
  expect(errorOf(() => filters.denoiseNlMeans(film))).toContain(
    "use denoiseNlMeans(image.at(0)) for one frame",
  );
});

test("arrays without axes, and kymographs, are as in scikit-image", () => {
  const plain = ndarray(film.data, film.shape);
  expect(filters.sobel(plain).shape).toEqual(film.shape);
  const kymograph = film.slice(null, 2);
  expect([kymograph.axes, filters.median(kymograph).axes]).toEqual(["TX", "TX"]);
});

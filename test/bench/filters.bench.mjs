// Filters against scikit-image and SciPy: the same image of 2048 × 2048 pixels, in turn.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import {
  adjustGamma,
  canny,
  denoiseBilateral,
  denoiseNlMeans,
  dilation,
  disk,
  distanceTransformEdt,
  equalizeAdapthist,
  equalizeHist,
  expandLabels,
  gaussian,
  graycomatrix,
  hed2rgb,
  hessianMatrix,
  hessianMatrixEigvals,
  imgAsFloat,
  imgAsUbyte,
  imgAsUint,
  label,
  localBinaryPattern,
  matchHistograms,
  median,
  ndarray,
  opening,
  peakLocalMax,
  phaseCrossCorrelation,
  removeSmallHoles,
  removeSmallObjects,
  rgb2gray,
  rgb2hed,
  richardsonLucy,
  rollingBall,
  shift,
  sobel,
  structuralSimilarity,
  thresholdLi,
  thresholdLocal,
  thresholdOtsu,
  thresholdSauvola,
  uniformFilter,
  watershed,
  zeros,
} from "bioengine";
import { timesOf } from "./measure/times.mjs";
import { median as middle, ms } from "./timing.mjs";

const root = join(fileURLToPath(import.meta.url), "../../..");
const side = 2048;
const runs = 5;

const peerProgram = `
import sys, time
import numpy as np
from scipy import ndimage
from skimage import color, exposure, feature, filters, measure, metrics, morphology, registration, restoration, segmentation, util
image = np.fromfile(sys.argv[1], np.uint16).reshape(${side}, ${side})
part = np.ascontiguousarray(image[:512, :512])
mask = image > filters.threshold_otsu(image)
labels = measure.label(mask)
distance = ndimage.distance_transform_edt(mask)
peaks = feature.peak_local_max(distance, min_distance=5, labels=labels)
markers = np.zeros(mask.shape, np.int32)
markers[tuple(peaks.T)] = np.arange(1, len(peaks) + 1)
disk = morphology.disk
byte, floats = (image >> 5).astype(np.uint8), util.img_as_float(image)
moved = ndimage.shift(image, (7, -4), mode="grid-wrap")
colours = np.ascontiguousarray(byte.reshape(${side}, -1)[:, : 3 * (${side} // 3)].reshape(${side}, -1, 3))
volume = image.reshape(16, 512, 512)
stains = color.rgb2hed(colours)
point = np.zeros((15, 15))
point[7, 7] = 1
psf = ndimage.gaussian_filter(point, 2)
derivatives = {"use_gaussian_derivatives": False}
plane, solid = feature.hessian_matrix(image, **derivatives), feature.hessian_matrix(volume, **derivatives)
work = {
    "gaussian, sigma 2": lambda: filters.gaussian(image, 2),
    "median, 3 × 3": lambda: filters.median(image),
    "median, disk of 3": lambda: filters.median(image, disk(3)),
    "thresholdOtsu": lambda: filters.threshold_otsu(image),
    "thresholdLi": lambda: filters.threshold_li(image),
    "thresholdLocal, 35": lambda: filters.threshold_local(image, 35),
    "dilation, disk of 5": lambda: morphology.dilation(image, disk(5)),
    "opening of the mask, disk of 3": lambda: morphology.opening(mask, disk(3)),
    "removeSmallObjects": lambda: morphology.remove_small_objects(mask, max_size=64),
    "removeSmallObjects of labels": lambda: morphology.remove_small_objects(labels, max_size=64),
    "removeSmallHoles": lambda: morphology.remove_small_holes(mask, max_size=64),
    "distanceTransformEdt": lambda: ndimage.distance_transform_edt(mask),
    "peakLocalMax, label by label": lambda: feature.peak_local_max(distance, min_distance=5, labels=labels),
    "watershed in the mask": lambda: segmentation.watershed(-distance, markers, mask=mask),
    "expandLabels by 5": lambda: segmentation.expand_labels(labels, 5),
    "sobel": lambda: filters.sobel(image),
    "hessianMatrix": lambda: feature.hessian_matrix(image, **derivatives),
    "hessianMatrix, 16 × 512 × 512": lambda: feature.hessian_matrix(volume, **derivatives),
    "hessianMatrixEigvals": lambda: feature.hessian_matrix_eigvals(plane),
    "hessianMatrixEigvals, 16 × 512 × 512": lambda: feature.hessian_matrix_eigvals(solid),
    "canny": lambda: feature.canny(image, 2),
    "thresholdSauvola, 25": lambda: filters.threshold_sauvola(image, 25),
    "equalizeHist": lambda: exposure.equalize_hist(image),
    "equalizeAdapthist": lambda: exposure.equalize_adapthist(image),
    "adjustGamma of uint8": lambda: exposure.adjust_gamma(byte, 0.5),
    "adjustGamma of uint16": lambda: exposure.adjust_gamma(image, 0.5),
    "imgAsFloat": lambda: util.img_as_float(image),
    "imgAsUbyte": lambda: util.img_as_ubyte(image),
    "imgAsUbyte of floats": lambda: util.img_as_ubyte(floats),
    "imgAsUint of uint8": lambda: util.img_as_uint(byte),
    "imgAsUint of floats": lambda: util.img_as_uint(floats),
    "rgb2gray": lambda: color.rgb2gray(colours),
    "rgb2hed": lambda: color.rgb2hed(colours),
    "hed2rgb": lambda: color.hed2rgb(stains),
    "matchHistograms": lambda: exposure.match_histograms(image, moved),
    "matchHistograms of colours": lambda: exposure.match_histograms(colours, colours[:1024], channel_axis=-1),
    "graycomatrix": lambda: feature.graycomatrix(byte, [1], [0, np.pi / 2], symmetric=True, normed=True),
    "phaseCrossCorrelation": lambda: registration.phase_cross_correlation(image, moved),
    "phaseCrossCorrelation, upsampled by 10": lambda: registration.phase_cross_correlation(image, moved, upsample_factor=10),
    "shift by parts of a pixel": lambda: ndimage.shift(image, (2.3, -1.6)),
    "localBinaryPattern": lambda: feature.local_binary_pattern(byte, 8, 1, "uniform"),
    "structuralSimilarity": lambda: metrics.structural_similarity(image, moved, data_range=4400),
    "uniformFilter, 15": lambda: ndimage.uniform_filter(floats, 15),
    "rollingBall of 10, 512 × 512": lambda: restoration.rolling_ball(part, radius=10),
    "denoiseBilateral, 512 × 512": lambda: restoration.denoise_bilateral(part, sigma_color=0.05),
    "richardsonLucy, 10 times, 512 × 512": lambda: restoration.richardson_lucy(floats[:512, :512], psf, num_iter=10),
    "denoiseNlMeans, 512 × 512": lambda: restoration.denoise_nl_means(part, h=0.02),
}
print(len(peaks), flush=True)
for line in sys.stdin:
    wall, processor = time.perf_counter(), time.process_time()
    work[line.strip()]()
    print((time.perf_counter() - wall) * 1000, (time.process_time() - processor) * 1000, flush=True)
`;

/** Noise of a fixed seed (Marsaglia's xorshift), smoothed to blobs and with some noise on top. */
function blobs() {
  let state = 2463534242;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const noise = ndarray(Float64Array.from({ length: side * side }, next), [side, side]);
  const smooth = gaussian(noise, { sigma: 6 });
  const low = smooth.min();
  const scale = 4000 / (smooth.max() - low);
  const values = smooth.data.map((value) => 200 + (value - low) * scale + 200 * next());
  return ndarray(Uint16Array.from(values), [side, side]);
}

export async function bench() {
  const folder = mkdtempSync(join(tmpdir(), "bioengine-filters-"));
  try {
    const image = blobs();
    writeFileSync(join(folder, "image.raw"), image.data);
    const peer = spawn(
      join(root, ".venv/bin/python"),
      ["-W", "ignore", "-c", peerProgram, join(folder, "image.raw")],
      {
        stdio: ["pipe", "pipe", "inherit"],
      },
    );
    const answers = createInterface(peer.stdout)[Symbol.asyncIterator]();
    const part = image.slice([0, 512], [0, 512]).copy();
    const mask = image.greater(thresholdOtsu(image));
    const labels = label(mask);
    const distance = distanceTransformEdt(mask);
    const peaks = peakLocalMax(distance, { minDistance: 5, labels });
    const markers = zeros(mask.shape, "int32");
    for (const [index, peak] of [...peaks].entries()) markers.set(index + 1, ...peak.data);
    const relief = distance.multiply(-1);
    const byte = ndarray(
      Uint8Array.from(image.data, (value) => value >> 5),
      image.shape,
    );
    const floats = imgAsFloat(image);
    const moved = shift(image, [7, -4], { mode: "wrap" });
    const third = Math.floor(side / 3);
    const colours = byte
      .slice(null, [0, 3 * third])
      .copy()
      .reshape([side, third, 3]);
    const stains = rgb2hed(colours);
    const floatPart = floats.slice([0, 512], [0, 512]);
    const point = zeros([15, 15]);
    point.set(1, 7, 7);
    const psf = gaussian(point, { sigma: 2 });
    const volume = image.reshape([16, 512, 512]);
    const [plane, solid] = [hessianMatrix(image), hessianMatrix(volume)];
    const work = {
      "gaussian, sigma 2": () => gaussian(image, { sigma: 2 }),
      "median, 3 × 3": () => median(image),
      "median, disk of 3": () => median(image, disk(3)),
      thresholdOtsu: () => thresholdOtsu(image),
      thresholdLi: () => thresholdLi(image),
      "thresholdLocal, 35": () => thresholdLocal(image, { blockSize: 35 }),
      "dilation, disk of 5": () => dilation(image, disk(5)),
      "opening of the mask, disk of 3": () => opening(mask, disk(3)),
      removeSmallObjects: () => removeSmallObjects(mask),
      "removeSmallObjects of labels": () => removeSmallObjects(labels),
      removeSmallHoles: () => removeSmallHoles(mask),
      distanceTransformEdt: () => distanceTransformEdt(mask),
      "peakLocalMax, label by label": () => peakLocalMax(distance, { minDistance: 5, labels }),
      "watershed in the mask": () => watershed(relief, markers, { mask }),
      "expandLabels by 5": () => expandLabels(labels, { distance: 5 }),
      sobel: () => sobel(image),
      hessianMatrix: () => hessianMatrix(image),
      "hessianMatrix, 16 × 512 × 512": () => hessianMatrix(volume),
      hessianMatrixEigvals: () => hessianMatrixEigvals(plane),
      "hessianMatrixEigvals, 16 × 512 × 512": () => hessianMatrixEigvals(solid),
      canny: () => canny(image, { sigma: 2 }),
      "thresholdSauvola, 25": () => thresholdSauvola(image, { windowSize: 25 }),
      equalizeHist: () => equalizeHist(image),
      equalizeAdapthist: () => equalizeAdapthist(image),
      "adjustGamma of uint8": () => adjustGamma(byte, { gamma: 0.5 }),
      "adjustGamma of uint16": () => adjustGamma(image, { gamma: 0.5 }),
      imgAsFloat: () => imgAsFloat(image),
      imgAsUbyte: () => imgAsUbyte(image),
      "imgAsUbyte of floats": () => imgAsUbyte(floats),
      "imgAsUint of uint8": () => imgAsUint(byte),
      "imgAsUint of floats": () => imgAsUint(floats),
      rgb2gray: () => rgb2gray(colours),
      rgb2hed: () => rgb2hed(colours),
      hed2rgb: () => hed2rgb(stains),
      matchHistograms: () => matchHistograms(image, moved),
      "matchHistograms of colours": () =>
        matchHistograms(colours, colours.slice([0, 1024]), { channelAxis: -1 }),
      graycomatrix: () => graycomatrix(byte, [1], [0, Math.PI / 2], { symmetric: true, normed: true }),
      phaseCrossCorrelation: () => phaseCrossCorrelation(image, moved),
      "phaseCrossCorrelation, upsampled by 10": () =>
        phaseCrossCorrelation(image, moved, { upsampleFactor: 10 }),
      "shift by parts of a pixel": () => shift(image, [2.3, -1.6]),
      localBinaryPattern: () => localBinaryPattern(byte, 8, 1, { method: "uniform" }),
      structuralSimilarity: () => structuralSimilarity(image, moved, { dataRange: 4400 }),
      "uniformFilter, 15": () => uniformFilter(floats, { size: 15 }),
      "rollingBall of 10, 512 × 512": () => rollingBall(part, { radius: 10 }),
      "denoiseBilateral, 512 × 512": () => denoiseBilateral(part, { sigmaColor: 0.05 }),
      "richardsonLucy, 10 times, 512 × 512": () => richardsonLucy(floatPart, psf, { numIter: 10 }),
      "denoiseNlMeans, 512 × 512": () => denoiseNlMeans(part, { h: 0.02 }),
    };
    const { value: found } = await answers.next();
    console.log(
      `${side} × ${side} pixels, uint16, ${peaks.shape[0]} peaks (scikit-image: ${found}), median of ${runs} runs in turn:`,
    );
    for (const [name, ours] of Object.entries(work)) {
      const [own, theirs] = [[], []];
      for (let run = -1; run < runs; run++) {
        const times = timesOf(ours);
        peer.stdin.write(`${name}\n`);
        const { value } = await answers.next();
        if (run < 0) continue;
        const [wall, processor] = value.split(" ").map(Number);
        own.push(times);
        theirs.push({ wall, processor });
      }
      const typical = (times, clock) => middle(times.map((time) => time[clock]));
      const ratio = (clock) => `${(typical(theirs, clock) / typical(own, clock)).toFixed(1)} ×`;
      console.log(
        `${name}: bioengine ${ms(typical(own, "wall"))}, scikit-image ${ms(typical(theirs, "wall"))}: ${ratio("wall")}; processor ${ratio("processor")}`,
      );
    }
    peer.stdin.end();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

import type { NdArray } from "@bioengine/ndarray";
import { laplaced } from "../filter/gaussianlaplace";
import { scaledOf } from "../image";
import { checkNumber } from "../option";
import { type BlobLayer, type BlobOptions, blobOptions, blobsIn, checkBlobs } from "./blobs";

/** Which blobs `blobLog` finds. */
export interface BlobLogOptions extends BlobOptions {
  /** How many standard deviations are tried. Default 10. */
  numSigma?: number;
  /** Whether they grow by a factor rather than by a sum. Default false. */
  logScale?: boolean;
}

const door = {
  name: "blobLog",
  action: "find blobs",
  options: [...blobOptions, "numSigma", "logScale"],
};

/** The standard deviations of each axis, from the least to the largest. */
function* steps(low: readonly number[], high: readonly number[], count: number, logScale: boolean) {
  for (let i = 0; i < count; i++) {
    const share = count === 1 ? 0 : i / (count - 1);
    yield low.map((from, axis) => {
      const to = high[axis];
      return logScale ? from * (to / from) ** share : from + (to - from) * share;
    });
  }
}

function* layersOf(image: NdArray, sizes: Iterable<number[]>): Generator<BlobLayer> {
  const source = scaledOf(image);
  for (const sigmas of sizes) {
    const response = laplaced(source, image.shape, sigmas, { mode: "reflect", cval: 0 });
    const mean = sigmas.reduce((sum, sigma) => sum + sigma) / sigmas.length;
    for (let pixel = 0; pixel < response.length; pixel++) response[pixel] *= -mean * mean;
    yield { sigmas, response };
  }
}

/**
 * Find bright blobs and their sizes (scikit-image's `blob_log`): peaks of the Laplacian of Gaussians of several sizes.
 * The most exact of the blob detectors. Where blobs overlap the largest stay, and of equally large ones that with the
 * lower peak; scikit-image compares pairs in no order of its own.
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype, integers scaled to 0 .. 1; not modified
 * @param options.threshold default 0.2
 * @returns float64 `[n, axis + 1]`, `y, x, sigma` (or `z, y, x, sigma`), the clearest first; the radius is sigma · √2, in
 *   3-D sigma · √3; with a sigma for each axis that many columns
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if an option is out of range
 * @example
 * const spots = blobLog(rescaleIntensity(image), { minSigma: 2, maxSigma: 8, threshold: 0.1 });
 */
export function blobLog(image: NdArray, options: BlobLogOptions = {}): NdArray<"float64"> {
  const [low, high] = checkBlobs(door, image, options);
  const { threshold = 0.2, numSigma = 10, logScale = false } = options;
  checkNumber(
    door.action,
    "numSigma",
    numSigma,
    "a whole number above 0",
    Number.isInteger(numSigma) && numSigma > 0,
  );
  const layers = layersOf(image, steps(low, high, numSigma, logScale));
  return blobsIn(layers, image, door, { ...options, threshold });
}

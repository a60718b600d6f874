import type { NdArray } from "@bioengine/ndarray";
import { smoothed } from "../filter/gaussian";
import { scaledOf } from "../image";
import { checkNumber } from "../option";
import { type BlobLayer, type BlobOptions, blobOptions, blobsIn, checkBlobs } from "./blobs";

/** Which blobs `blobDog` finds. */
export interface BlobDogOptions extends BlobOptions {
  /** By how much the standard deviations grow, above 1. Default 1.6. */
  sigmaRatio?: number;
}

const door = {
  name: "blobDog",
  action: "find blobs",
  options: [...blobOptions, "sigmaRatio"],
};

function* layersOf(
  image: NdArray,
  low: readonly number[],
  count: number,
  ratio: number,
): Generator<BlobLayer> {
  const source = scaledOf(image);
  const sigmasAt = (i: number): number[] => low.map((sigma) => sigma * ratio ** i);
  const smooth = (i: number) => smoothed(source, image.shape, sigmasAt(i), { mode: "reflect", cval: 0 });
  let response = smooth(0);
  for (let i = 0; i < count; i++) {
    const wider = smooth(i + 1);
    for (let pixel = 0; pixel < response.length; pixel++) {
      response[pixel] = (response[pixel] - wider[pixel]) / (ratio - 1);
    }
    yield { sigmas: sigmasAt(i), response };
    response = wider;
  }
}

/**
 * Find bright blobs and their sizes (scikit-image's `blob_dog`): peaks of the differences of Gaussians that grow by a
 * factor. Faster than `blobLog`, its sizes coarser. Overlaps are treated as there.
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype, integers scaled to 0 .. 1; not modified
 * @param options.threshold default 0.5
 * @returns float64 `[n, axis + 1]`, `y, x, sigma` (or `z, y, x, sigma`), the clearest first; the radius is sigma · √2, in
 *   3-D sigma · √3; with a sigma for each axis that many columns
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if an option is out of range
 * @example
 * const spots = blobDog(rescaleIntensity(image), { minSigma: 2, maxSigma: 8, threshold: 0.1 });
 */
export function blobDog(image: NdArray, options: BlobDogOptions = {}): NdArray<"float64"> {
  const [low, high] = checkBlobs(door, image, options);
  const { threshold = 0.5, sigmaRatio = 1.6 } = options;
  checkNumber(door.action, "sigmaRatio", sigmaRatio, "above 1", sigmaRatio > 1);
  const steps = low.map((from, axis) => Math.log(high[axis] / from) / Math.log(sigmaRatio) + 1);
  const count = Math.trunc(steps.reduce((sum, one) => sum + one) / steps.length);
  return blobsIn(layersOf(image, low, count, sigmaRatio), image, door, { ...options, threshold });
}

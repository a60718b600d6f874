import { checkOptions, type Door, type NdArray } from "@bioengine/ndarray";
import { type BorderMode, checkMode } from "../border";
import { checkSpatialImage, type Floats, floatImage, scaledOf } from "../image";
import { checkNumber } from "../option";
import { putEigenvalues } from "./eigenvalues";
import { hessianOf } from "./hessian";

/** Which ridges `sato` and the others find. */
export interface RidgeOptions {
  /** Standard deviations to try, in pixels, about the ridges' half widths. Default `[1, 3, 5, 7, 9]`. */
  sigmas?: readonly number[];
  /** Whether ridges are dark, true (default), or bright. */
  blackRidges?: boolean;
  /** What is beyond the edge. Default `"reflect"`. */
  mode?: BorderMode;
  /** The value beyond the edge for mode `"constant"`. Default 0. */
  cval?: number;
}

/** How `meijering` weighs. */
export interface MeijeringOptions extends RidgeOptions {
  /** How much of the other curvatures counts with each one. Default 1 / (axes + 1). */
  alpha?: number;
}

/** How `frangi` weighs. */
export interface FrangiOptions extends RidgeOptions {
  /** How much plates are kept out, in 3-D. Default 0.5. */
  alpha?: number;
  /** How much blobs are kept out. Default 0.5. */
  beta?: number;
  /** How much what is hardly curved is kept out. Default: half the largest curvature at the first sigma. */
  gamma?: number;
}

const shared = ["sigmas", "blackRidges", "mode", "cval"];
const action = "find ridges";
type NamedDoor = Door & { readonly name: string };

const doorOf = (name: string, ...options: string[]): NamedDoor => ({
  name,
  action,
  options: [...shared, ...options],
  aliases: { sigma: "sigmas" },
});

function checkSigmas(name: string, sigmas: unknown): asserts sigmas is readonly number[] {
  const isRight = Array.isArray(sigmas) && sigmas.length > 0 && sigmas.every((sigma) => sigma > 0);
  if (isRight) return;
  const got = Array.isArray(sigmas) ? `[${sigmas.join(", ")}]` : String(sigmas);
  const fix = typeof sigmas === "number" ? `[${sigmas}]` : "[1, 2, 3]";
  throw new (Array.isArray(sigmas) ? RangeError : TypeError)(
    `Cannot ${action}: sigmas must be numbers above 0, got ${got}; use ${name}(…, { sigmas: ${fix} })`,
  );
}

/**
 * The largest answer to an image's curvatures over all standard deviations.
 *
 * @param answer makes of the curvatures of all pixels, descending and across dark ridges positive, the answers, in the
 *   place of the first
 */
function ridges(
  door: NamedDoor,
  image: NdArray,
  options: RidgeOptions,
  answer: (curvatures: Floats[], sigma: number) => Floats,
): NdArray<"float32" | "float64"> {
  checkSpatialImage(image, door, [2, 3]);
  checkOptions(door, options);
  const { sigmas = [1, 3, 5, 7, 9], blackRidges = true, mode = "reflect", cval = 0 } = options;
  checkSigmas(door.name, sigmas);
  checkMode(action, mode);
  const { values, scale } = scaledOf(image, true);
  const sign = blackRidges ? 1 : -1;
  let result: Floats | undefined;
  for (const sigma of sigmas) {
    const hessian = hessianOf({ values, scale: sign * scale }, image.shape, sigma, { mode, cval });
    const curvatures = hessian.slice(0, image.ndim);
    putEigenvalues(hessian, curvatures);
    const answers = answer(curvatures, sigma);
    if (!result) {
      result = answers.map((value) => Math.max(value, 0));
      continue;
    }
    for (let pixel = 0; pixel < result.length; pixel++) {
      if (answers[pixel] > result[pixel]) result[pixel] = answers[pixel];
    }
  }
  return floatImage(result!, image);
}

/**
 * Find tubes such as vessels, filaments and membranes (scikit-image's `sato`): how much an image is curved across them.
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype, with its own grey values; not modified
 * @returns float64, or float32 for float32 and float16 images, from 0
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if an option is out of range
 * @example
 * const tubes = sato(image, { sigmas: [2, 3], blackRidges: false });
 */
export function sato(image: NdArray, options: RidgeOptions = {}): NdArray<"float32" | "float64"> {
  return ridges(doorOf("sato"), image, options, ([first, ...others], sigma) => {
    const [second] = others.slice(0, -1);
    for (let pixel = 0; pixel < first.length; pixel++) {
      const across = Math.max(first[pixel], 0);
      const mean = second ? Math.sqrt(across * Math.max(second[pixel], 0)) : across;
      first[pixel] = sigma * sigma * mean;
    }
    return first;
  });
}

/**
 * Find neurites (scikit-image's `meijering`): the largest curvature, others counting with it, of 1 at most for each
 * sigma.
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @returns float64, or float32 for float32 and float16 images, 0 to 1
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if an option is out of range
 * @example
 * const neurites = meijering(image, { sigmas: [1, 2], blackRidges: false });
 */
export function meijering(image: NdArray, options: MeijeringOptions = {}): NdArray<"float32" | "float64"> {
  return ridges(doorOf("meijering", "alpha"), image, options, (curvatures) => {
    const { alpha = 1 / (image.ndim + 1) } = options;
    checkNumber(action, "alpha", alpha, "a finite number", Number.isFinite(alpha));
    const [answers] = curvatures;
    let highest = 0;
    for (let pixel = 0; pixel < answers.length; pixel++) {
      let sum = 0;
      for (const curvature of curvatures) sum += curvature[pixel];
      let most = 0;
      for (const curvature of curvatures) {
        const value = (1 - alpha) * curvature[pixel] + alpha * sum;
        if (Math.abs(value) > Math.abs(most)) most = value;
      }
      answers[pixel] = Math.max(most, 0);
      if (answers[pixel] > highest) highest = answers[pixel];
    }
    if (highest > 0) for (let pixel = 0; pixel < answers.length; pixel++) answers[pixel] /= highest;
    return answers;
  });
}

// scikit-image's least curvature across a ridge, which makes nothing of what is curved the other way.
const LEAST = 1e-10;

/** How curved each pixel is altogether. */
function normsOf(curvatures: readonly Floats[]): Float64Array {
  const norms = new Float64Array(curvatures[0].length);
  for (const values of curvatures) {
    for (let pixel = 0; pixel < norms.length; pixel++) norms[pixel] += values[pixel] * values[pixel];
  }
  return norms.map(Math.sqrt);
}

/**
 * Find vessels (scikit-image's `frangi`): what is curved across and straight along.
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @returns float64, or float32 for float32 and float16 images, 0 to 1
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if an option is out of range
 * @example
 * const vessels = frangi(image, { sigmas: [2, 4], blackRidges: false });
 */
export function frangi(image: NdArray, options: FrangiOptions = {}): NdArray<"float32" | "float64"> {
  const { alpha = 0.5, beta = 0.5 } = options;
  let { gamma } = options;
  return ridges(doorOf("frangi", "alpha", "beta", "gamma"), image, options, (curvatures) => {
    for (const [name, value] of Object.entries({ alpha, beta, gamma: gamma ?? 1 })) {
      checkNumber(action, name, value, "above 0", value > 0);
    }
    const norms = normsOf(curvatures);
    gamma ??= norms.reduce((most, norm) => Math.max(most, norm), 0) / 2 || 1;
    const [answers] = curvatures;
    const sorted = curvatures.map(() => 0);
    for (let pixel = 0; pixel < answers.length; pixel++) {
      for (let i = 0; i < sorted.length; i++) sorted[i] = curvatures[i][pixel];
      sorted.sort((a, b) => Math.abs(a) - Math.abs(b));
      const least = Math.abs(sorted[0]);
      const second = Math.max(sorted[1], LEAST);
      let blob = least / second;
      let tube = 1;
      if (sorted.length === 3) {
        const third = Math.max(sorted[2], LEAST);
        blob = least / Math.sqrt(second * third);
        tube -= Math.exp(-((second / third) ** 2) / (2 * alpha * alpha));
      }
      const isCurved = 1 - Math.exp(-(norms[pixel] ** 2) / (2 * gamma * gamma));
      answers[pixel] = tube * Math.exp(-(blob * blob) / (2 * beta * beta)) * isCurved;
    }
    return answers;
  });
}

import { label } from "@bioengine/measure";
import { checkOptions, NdArray } from "@bioengine/ndarray";
import {
  binaryOf,
  boolImage,
  checkLabels,
  checkSameShape,
  checkSpatialImage,
  negative,
  numbersOf,
} from "../image";
import { localMaximaOf } from "../morphology/localmaxima";
import { checkConnectivity, frameOf } from "../neighbourhood";
import { checkNumber } from "../option";
import { growBasins, growCompactBasins, growPartedBasins } from "./basins";
import { CLOSED } from "./closed";
import { regularSeeds } from "./regularseeds";
import { isPoints, pointLabels } from "./seedpoints";

/** How `watershed` floods. */
export interface WatershedOptions {
  /** Where labels may grow, of the image's shape; what is not 0 is true. Default: everywhere. */
  mask?: NdArray;
  /** How many axes neighbours may differ in. Default 1: over edges. */
  connectivity?: number;
  /** Above 0, pixels far from a marker stand higher by so much a pixel, for basins of like size. Default 0. */
  compactness?: number;
  /** Leave a line one pixel wide, of 0, between labels whose markers don't touch. Default false. */
  watershedLine?: boolean;
}

const door = {
  name: "watershed",
  action: "flood",
  options: ["mask", "connectivity", "compactness", "watershedLine"],
};

function checkMarkers(image: NdArray, markers: NdArray | number): void {
  const { action } = door;
  if (typeof markers === "number") {
    const isCount = Number.isInteger(markers) && markers > 0;
    checkNumber(action, "the number of markers", markers, "a whole number above 0", isCount);
    return;
  }
  if (typeof markers?.dtype !== "string") {
    const isOption =
      Object(markers) === markers && Object.keys(markers).some((name) => door.options.includes(name));
    const fix = isOption ? "watershed(image, undefined, { mask: mask })" : "watershed(image, label(peaks))";
    throw new TypeError(
      `Cannot ${action}: the markers must be an NdArray of labels, or their number; use ${fix}`,
    );
  }
  if (isPoints(image, markers)) return;
  checkSameShape(image, markers, action, "the markers");
  checkLabels(markers, action, "the markers", "markers");
  if (!markers.dtype.endsWith("64") && markers.dtype !== "uint32") return;
  for (const marker of markers.data) {
    if (Math.abs(Number(marker)) < 2 ** 31) continue;
    throw new RangeError(
      `Cannot ${action}: the markers must be from -2147483647 to 2147483647, got ${marker}; use relabelSequential(markers)`,
    );
  }
}

/** So many seeds in the mask, at regular places of the image. */
function regularSeedsIn(mask: Uint8Array, shape: readonly number[], count: number): Int32Array {
  let allowed = 0;
  for (let i = 0; i < mask.length; i++) allowed += mask[i];
  return allowed === 0
    ? new Int32Array(mask.length)
    : regularSeeds(shape, Math.floor(count / (allowed / mask.length)));
}

/** The markers' labels, or those of the image's minima in the mask. */
function seedsOf(
  image: NdArray,
  markers: NdArray | number | undefined,
  mask: Uint8Array,
  connectivity: number,
): Int32Array {
  if (typeof markers === "number") return regularSeedsIn(mask, image.shape, markers);
  if (markers && isPoints(image, markers)) return pointLabels(markers, image.shape, door.action);
  if (markers) return markers.astype("int32").data;
  const minima = localMaximaOf(negative(numbersOf(image)), image.shape, connectivity, true);
  for (let i = 0; i < minima.length; i++) minima[i] &= mask[i];
  return label(boolImage(minima, image), { connectivity }).data;
}

/**
 * Grow labels from markers, as water would rise from them, until they meet (scikit-image's `watershed`; Vincent
 * & Soille 1991, compact: Neubert & Protzel 2014), with the same labels pixel for pixel; only that `watershedLine` draws
 * its line with `compactness` too, into the same labels, where scikit-image leaves it out.
 *
 * @param image `[y, x]` or `[z, y, x]`, low where water stands first, such as `distance.multiply(-1)`; not modified
 * @param markers labels to grow from, 0 = none; or points `[count, axis]`, such as `peakLocalMax` gives, which get 1, 2,
 *   …; or about how many to put at regular places; default: the image's local minima
 * @returns int32, role "labels", with the markers' numbers
 * @throws {TypeError} if the markers are no labels, or an option is unknown
 * @throws {RangeError} if a shape differs, a point lies outside, a marker has more than 32 bits, or an option is out of range
 * @example
 * const labels = watershed(distance.multiply(-1), peakLocalMax(distance, { minDistance: 5 }), { mask: mask });
 */
export function watershed(
  image: NdArray,
  markers?: NdArray | number,
  options: WatershedOptions = {},
): NdArray<"int32"> {
  const { action } = door;
  const next = typeof markers === "number" ? { rest: `${markers}` } : { other: markers && "markers" };
  checkSpatialImage(image, { ...door, ...next }, [2, 3]);
  if (markers !== undefined) checkMarkers(image, markers);
  checkOptions(door, options);
  const { mask, connectivity = 1, compactness = 0, watershedLine = false } = options;
  checkNumber(action, "compactness", compactness, "at least 0", compactness >= 0);
  checkConnectivity(action, connectivity, image.ndim);
  if (mask) checkSameShape(image, mask, action, "the mask");
  const allowed = mask ? binaryOf(mask) : new Uint8Array(image.size).fill(1);
  const seeds = seedsOf(image, markers, allowed, connectivity);
  if (mask) for (let i = 0; i < seeds.length; i++) if (allowed[i] === 0) seeds[i] = CLOSED;
  const frame = frameOf(image.shape, connectivity);
  const { size, steps, fill, take } = frame;
  const labels = fill(new Int32Array(size).fill(CLOSED), seeds);
  const values = fill(new Float64Array(size), numbersOf(image));
  if (compactness > 0) {
    const rise = (pixel: number, source: number) => compactness * frame.distance(pixel, source);
    growCompactBasins(values, labels, steps, rise, watershedLine);
  } else if (watershedLine) growPartedBasins(values, labels, steps);
  else growBasins(values, labels, steps);
  const buffer = take(labels, seeds);
  for (let i = 0; i < buffer.length; i++) if (buffer[i] === CLOSED) buffer[i] = 0;
  const { shape, dimensions } = image;
  return new NdArray({ dtype: "int32", shape, buffer, role: "labels", dimensions });
}

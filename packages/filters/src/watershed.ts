import { label } from "@bioengine/measure";
import { NdArray } from "@bioengine/ndarray";
import { binaryOf, boolImage, checkImage, checkSameShape, negative, numbersOf } from "./image";
import { localMaximaOf } from "./localmaxima";
import { checkConnectivity, frameOf } from "./neighbourhood";
import { checkNumber, checkOptions } from "./option";
import { PixelQueue } from "./pixelqueue";

/** How `watershed` floods. */
export interface WatershedOptions {
  /** Where labels may grow, of the image's shape; what is not 0 is true. Default: everywhere. */
  mask?: NdArray;
  /** How many axes neighbours may differ in. Default 1: over edges. */
  connectivity?: number;
  /** Above 0, pixels far from a marker stand higher by so much a pixel, for basins of like size. Default 0. */
  compactness?: number;
  /** Leave a line one pixel wide, of 0, between labels whose markers don't touch; not with `compactness`. Default false. */
  watershedLine?: boolean;
}

const door = {
  name: "watershed",
  action: "flood",
  options: ["mask", "connectivity", "compactness", "watershedLine"],
};

// No label: pixels that none may grow to.
const CLOSED = -(2 ** 31);

/** Grow labels to where 0 is, the lowest pixels first. */
function flood(values: Float64Array, labels: Int32Array, steps: Int32Array): void {
  const queue = new PixelQueue(labels.length);
  for (let pixel = 0; pixel < labels.length; pixel++) {
    if (labels[pixel] !== 0 && labels[pixel] !== CLOSED) queue.seed(values[pixel], pixel);
  }
  while (queue.length > 0) {
    const pixel = queue.pop();
    const { value } = queue;
    const label = labels[pixel];
    for (let i = 0; i < steps.length; i++) {
      const neighbour = pixel + steps[i];
      if (labels[neighbour] !== 0) continue;
      labels[neighbour] = label;
      // Water that has risen over a ridge stands as high behind it.
      queue.push(values[neighbour] > value ? values[neighbour] : value, neighbour);
    }
  }
}

/** Whether a pixel that a label reaches has a neighbour of another one; those on a line don't count. */
function touchesOther(
  label: number,
  labels: Int32Array,
  lines: Uint8Array,
  pixel: number,
  steps: Int32Array,
): boolean {
  for (let i = 0; i < steps.length; i++) {
    const neighbour = pixel + steps[i];
    const other = labels[neighbour];
    if (other !== 0 && other !== CLOSED && other !== label && lines[neighbour] === 0) return true;
  }
  return false;
}

/**
 * Grow labels as `flood` does, but decide on a pixel only in its turn: the way from another marker may be lower, or the
 * pixel may have come to lie on a line between two labels.
 */
function floodInTurn(
  values: Float64Array,
  labels: Int32Array,
  steps: Int32Array,
  rise: ((pixel: number, source: number) => number) | undefined,
  watershedLine: boolean,
): void {
  const queue = new PixelQueue(labels.length);
  // Of each pushed pixel, by its age, the marker's pixel that it comes from.
  const sources = [0];
  const lines = new Uint8Array(labels.length);
  for (let pixel = 0; pixel < labels.length; pixel++) {
    if (labels[pixel] !== 0 && labels[pixel] !== CLOSED) queue.seed(values[pixel], pixel);
  }
  while (queue.length > 0) {
    const pixel = queue.pop();
    const { age, value } = queue;
    const source = age === 0 ? pixel : sources[age];
    if (labels[pixel] !== 0 && age > 0) continue;
    const label = labels[source];
    if (watershedLine && touchesOther(label, labels, lines, pixel, steps)) lines[pixel] = 1;
    if (lines[pixel] === 0) labels[pixel] = label;
    // As in scikit-image, a label grows on behind a line, so that no pixel beside lines only stays without one.
    for (let i = 0; i < steps.length; i++) {
      const neighbour = pixel + steps[i];
      if (labels[neighbour] !== 0 || lines[neighbour] === 1) continue;
      sources.push(source);
      const height = rise ? values[neighbour] + rise(neighbour, source) : values[neighbour];
      queue.push(Math.max(value, height), neighbour);
    }
  }
}

function checkMarkers(image: NdArray, markers: NdArray): void {
  const { action } = door;
  if (typeof markers?.dtype !== "string") {
    const isOption =
      Object(markers) === markers && Object.keys(markers).some((name) => door.options.includes(name));
    const fix = isOption ? "watershed(image, undefined, { mask: mask })" : "watershed(image, label(peaks))";
    throw new TypeError(`Cannot ${action}: the markers must be an NdArray of labels; use ${fix}`);
  }
  checkSameShape(image, markers, action, "the markers");
  if (markers.dtype === "bool" || markers.dtype.includes("float")) {
    const fix = markers.dtype === "bool" ? "label(markers)" : 'markers.astype("int32")';
    throw new TypeError(`Cannot ${action}: the markers must be labels, got ${markers.dtype}; use ${fix}`);
  }
}

/** The markers' labels where the mask is, or those of the image's minima. */
function seedsOf(image: NdArray, markers: NdArray | undefined, mask: Uint8Array, connectivity: number) {
  if (markers) {
    const seeds = Int32Array.from(markers.astype("int32").data);
    for (let i = 0; i < seeds.length; i++) if (mask[i] === 0) seeds[i] = 0;
    return seeds;
  }
  const minima = localMaximaOf(negative(numbersOf(image)), image.shape, connectivity, true);
  for (let i = 0; i < minima.length; i++) minima[i] &= mask[i];
  return label(boolImage(minima, image), { connectivity }).data;
}

/**
 * Grow labels from markers, as water would rise from them, until they meet (scikit-image's `watershed`; Vincent
 * & Soille 1991, compact: Neubert & Protzel 2014), with the same labels pixel for pixel.
 *
 * @param image `[y, x]` or `[z, y, x]`, low where water stands first, such as `distance.multiply(-1)`; not modified
 * @param markers labels to grow from, 0 = none; default: the image's local minima
 * @returns int32, role "labels", with the markers' numbers
 * @throws {TypeError} if the markers are no labels, or an option is unknown
 * @throws {RangeError} if a shape differs, or the connectivity is out of range
 * @example
 * const labels = watershed(distance.multiply(-1), markers, { mask: mask });
 */
export function watershed(
  image: NdArray,
  markers?: NdArray,
  options: WatershedOptions = {},
): NdArray<"int32"> {
  const { action } = door;
  checkImage(image, action, [2, 3]);
  if (markers !== undefined) checkMarkers(image, markers);
  checkOptions(door, options);
  const { mask, connectivity = 1, compactness = 0, watershedLine = false } = options;
  checkNumber(action, "compactness", compactness, "at least 0", compactness >= 0);
  if (watershedLine && compactness > 0) {
    throw new RangeError(
      `Cannot ${action}: compactness must be 0 with watershedLine, got ${compactness}; use watershed(image, markers, { watershedLine: true })`,
    );
  }
  checkConnectivity(action, connectivity, image.ndim);
  if (mask) checkSameShape(image, mask, action, "the mask");
  const allowed = mask ? binaryOf(mask) : new Uint8Array(image.size).fill(1);
  const seeds = seedsOf(image, markers, allowed, connectivity);
  if (mask) for (let i = 0; i < seeds.length; i++) if (allowed[i] === 0) seeds[i] = CLOSED;
  const frame = frameOf(image.shape, connectivity);
  const { size, steps, fill, take } = frame;
  const labels = fill(new Int32Array(size).fill(CLOSED), seeds);
  const values = fill(new Float64Array(size), numbersOf(image));
  const rise =
    compactness > 0
      ? (pixel: number, source: number) => compactness * frame.distance(pixel, source)
      : undefined;
  if (rise || watershedLine) floodInTurn(values, labels, steps, rise, watershedLine);
  else flood(values, labels, steps);
  const buffer = take(labels, seeds);
  for (let i = 0; i < buffer.length; i++) if (buffer[i] === CLOSED) buffer[i] = 0;
  const { shape, dimensions } = image;
  return new NdArray({ dtype: "int32", shape, buffer, role: "labels", dimensions });
}

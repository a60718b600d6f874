import { label } from "@bioengine/measure";
import { NdArray } from "@bioengine/ndarray";
import { binaryOf, boolImage, checkImage, checkSameShape, negative, numbersOf } from "./image";
import { localMaximaOf } from "./localmaxima";
import { checkConnectivity, type Frame, frameOf } from "./neighbourhood";
import { checkOptions } from "./option";
import { PixelQueue } from "./pixelqueue";

/** How `watershed` floods. */
export interface WatershedOptions {
  /** Where labels may grow, of the image's shape; what is not 0 is true. Default: everywhere. */
  mask?: NdArray;
  /** How many axes neighbours may differ in. Default 1: over edges. */
  connectivity?: number;
}

const door = {
  name: "watershed",
  action: "flood",
  options: ["mask", "connectivity"],
};

function flood(values: Float64Array, allowed: Uint8Array, labels: Int32Array, { steps }: Frame): void {
  const queue = new PixelQueue();
  for (let pixel = 0; pixel < labels.length; pixel++) {
    if (labels[pixel] !== 0) queue.push(values[pixel], 0, pixel);
  }
  let age = 0;
  while (queue.length > 0) {
    const pixel = queue.pop();
    const { value } = queue;
    for (let i = 0; i < steps.length; i++) {
      const neighbour = pixel + steps[i];
      if (allowed[neighbour] === 0 || labels[neighbour] !== 0) continue;
      labels[neighbour] = labels[pixel];
      // Water that has risen over a ridge stands as high behind it.
      queue.push(Math.max(value, values[neighbour]), ++age, neighbour);
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
 * Grow labels from markers, as water would rise from them, until they meet (scikit-image's `watershed` with compactness
 * 0 and no lines; Soille & Vincent 1990), with the same labels pixel for pixel.
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
  const { mask, connectivity = 1 } = options;
  checkConnectivity(action, connectivity, image.ndim);
  if (mask) checkSameShape(image, mask, action, "the mask");
  const allowed = mask ? binaryOf(mask) : new Uint8Array(image.size).fill(1);
  const seeds = seedsOf(image, markers, allowed, connectivity);
  const frame = frameOf(image.shape, connectivity);
  const labels = frame.fill(new Int32Array(frame.size), seeds);
  const values = frame.fill(new Float64Array(frame.size), numbersOf(image));
  flood(values, frame.fill(new Uint8Array(frame.size), allowed), labels, frame);
  const buffer = frame.take(labels, new Int32Array(image.size));
  const { shape, dimensions } = image;
  return new NdArray({ dtype: "int32", shape, buffer, role: "labels", dimensions });
}

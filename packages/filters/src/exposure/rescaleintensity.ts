import { checkOptions, type DType, isDType, type NdArray } from "@bioengine/ndarray";
import { extent } from "../bins";
import { checkImage, floatType, imageOf, largestOf, numbersOf } from "../image";

/** Between which values `rescaleIntensity` stretches. */
export interface RescaleIntensityOptions {
  /** What is stretched: `[low, high]`, what is beyond is cut; `"image"` (default): its least and largest value; a dtype. */
  inRange?: readonly [number, number] | "image" | "dtype" | DType;
  /** To what: `[low, high]`; `"dtype"` (default): the whole range of the dtype, 0 .. 1 of floats; another dtype. */
  outRange?: readonly [number, number] | "image" | "dtype" | DType;
}

const door = {
  name: "rescaleIntensity",
  action: "rescale intensities",
  options: ["inRange", "outRange"],
  aliases: { range: "inRange" },
};

function rangeOf(
  name: string,
  range: NonNullable<RescaleIntensityOptions["inRange"]>,
  image: NdArray,
  clipNegative: boolean,
): readonly [number, number] {
  if (range === "image") return extent(numbersOf(image));
  const dtype = range === "dtype" ? image.dtype : range;
  if (typeof dtype === "string" && isDType(dtype)) {
    if (dtype === "bool") return [0, 1];
    const isSigned = !dtype.startsWith("u") && !clipNegative;
    if (dtype.includes("float")) return [isSigned ? -1 : 0, 1];
    return [isSigned ? -largestOf(dtype) - 1 : 0, largestOf(dtype)];
  }
  if (Array.isArray(dtype) && dtype.length === 2 && dtype.every((one) => typeof one === "number")) {
    return [dtype[0], dtype[1]];
  }
  throw new RangeError(
    `Cannot ${door.action}: ${name} must be [low, high], "image", "dtype" or a dtype, got ${String(range)}`,
  );
}

/**
 * Stretch an image's values from one range to another (scikit-image's `rescale_intensity`).
 *
 * @param image any axes, e.g. `[y, x]`, and dtype; not modified
 * @returns the image's dtype, or that of `outRange`; floats if `outRange` is a pair of numbers
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if a range is none
 * @example
 * rescaleIntensity(image, { inRange: [image.percentile(1), image.percentile(99)], outRange: "uint8" });
 */
export function rescaleIntensity(image: NdArray, options: RescaleIntensityOptions = {}): NdArray {
  checkImage(image, door.action, [1, 2, 3, 4]);
  checkOptions(door, options);
  const { inRange = "image", outRange = "dtype" } = options;
  const [low, high] = rangeOf("inRange", inRange, image, false);
  const [first, last] = rangeOf("outRange", outRange, image, low >= 0);
  const isNamed = outRange === "dtype" || outRange === "image";
  const dtype = Array.isArray(outRange)
    ? floatType(image.dtype)
    : isNamed
      ? image.dtype
      : (outRange as DType);
  const round = floatType(image.dtype) === "float32" ? Math.fround : (value: number) => value;
  const data = numbersOf(image);
  const result = new Float64Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const cut = Math.min(high, Math.max(low, data[i]));
    if (low === high) result[i] = Math.min(last, Math.max(first, cut));
    else {
      const share = round(round(cut - low) / round(high - low));
      result[i] = round(round(share * round(last - first)) + first);
    }
  }
  return imageOf(result, image, dtype);
}

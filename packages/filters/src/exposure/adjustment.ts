import { checkOptions, type Door, type DType, type NdArray } from "@bioengine/ndarray";
import { extent } from "../bins";
import { checkImage, floatType, largestOf, numbersOf } from "../image";
import { checkNumber } from "../option";
import { roundEven } from "../roundeven";
import { mapValues } from "./valuemap";

/** How `adjustGamma` bends grey values. */
export interface AdjustGammaOptions {
  /** The exponent: below 1 the dark becomes brighter. Default 1. */
  gamma?: number;
  /** What results are multiplied with. Default 1. */
  gain?: number;
}

/** How `adjustLog` bends grey values. */
export interface AdjustLogOptions {
  /** What results are multiplied with. Default 1. */
  gain?: number;
  /** Bend the other way, by the power of 2. Default false. */
  inv?: boolean;
}

/** How `adjustSigmoid` bends grey values. */
export interface AdjustSigmoidOptions {
  /** The grey value, from 0 to 1, that becomes the middle one. Default 0.5. */
  cutoff?: number;
  /** How steep it is there. Default 10. */
  gain?: number;
  /** Make the bright dark. Default false. */
  inv?: boolean;
}

const action = "adjust grey values";

/** Grey values bent by a function of their share of the dtype's range, which for floats is 1. */
function adjusted<D extends DType>(
  door: Door,
  image: NdArray<D>,
  options: object,
  bend: (share: number, scale: number) => number,
): NdArray<D> {
  checkImage(image, action, [1, 2, 3, 4]);
  checkOptions(door, options);
  for (const [name, value] of Object.entries(options)) {
    if (name !== "inv") checkNumber(action, name, value, "a finite number", Number.isFinite(value));
  }
  const { dtype } = image;
  const [low] = dtype.startsWith("u") ? [0] : extent(numbersOf(image));
  if (low < 0) {
    throw new RangeError(
      `Cannot ${action}: they must be at least 0, got ${low}; use rescaleIntensity(image, { outRange: [0, 1] })`,
    );
  }
  const scale = dtype === "bool" || dtype.includes("float") ? 1 : largestOf(dtype);
  const isSingle = dtype.includes("float") && floatType(dtype) === "float32";
  return mapValues(image, dtype, (value) => {
    const share = value / scale;
    return bend(isSingle ? Math.fround(share) : share, scale);
  });
}

const doorOf = (name: string, options: readonly string[]): Door => ({ name, action, options });

/**
 * Bend grey values by a power (scikit-image's `adjust_gamma`): with a gamma below 1 what is dark is seen better.
 *
 * @param image any axes, e.g. `[y, x]`, and dtype, without negative values; floats of 0 .. 1; not modified
 * @returns the image's dtype
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if a value is negative, or an option is out of range
 * @example
 * imshow(adjustGamma(image, { gamma: 0.5 }));
 */
export function adjustGamma<D extends DType>(
  image: NdArray<D>,
  options: AdjustGammaOptions = {},
): NdArray<D> {
  const { gamma = 1, gain = 1 } = options;
  checkNumber(action, "gamma", gamma, "at least 0", gamma >= 0);
  const isByte = image?.dtype === "uint8";
  const bend = (share: number, scale: number) =>
    isByte ? Math.min(255, roundEven(255 * gain * share ** gamma)) : share ** gamma * scale * gain;
  return adjusted(doorOf("adjustGamma", ["gamma", "gain"]), image, options, bend);
}

/**
 * Bend grey values by the logarithm to base 2 (scikit-image's `adjust_log`), which makes the dark brighter.
 *
 * @param image any axes, e.g. `[y, x]`, and dtype, without negative values; floats of 0 .. 1; not modified
 * @returns the image's dtype
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if a value is negative, or an option is out of range
 * @example
 * imshow(adjustLog(image));
 */
export function adjustLog<D extends DType>(image: NdArray<D>, options: AdjustLogOptions = {}): NdArray<D> {
  const { gain = 1, inv = false } = options;
  const bend = (share: number, scale: number) => (inv ? 2 ** share - 1 : Math.log2(1 + share)) * scale * gain;
  return adjusted(doorOf("adjustLog", ["gain", "inv"]), image, options, bend);
}

/**
 * Bend grey values by a sigmoid (scikit-image's `adjust_sigmoid`), for more contrast around a grey value.
 *
 * @param image any axes, e.g. `[y, x]`, and dtype, without negative values; floats of 0 .. 1; not modified
 * @returns the image's dtype
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if a value is negative, or an option is out of range
 * @example
 * imshow(adjustSigmoid(image, { cutoff: 0.2 }));
 */
export function adjustSigmoid<D extends DType>(
  image: NdArray<D>,
  options: AdjustSigmoidOptions = {},
): NdArray<D> {
  const { cutoff = 0.5, gain = 10, inv = false } = options;
  const bend = (share: number, scale: number) => {
    const bent = 1 / (1 + Math.exp(gain * (cutoff - share)));
    return (inv ? 1 - bent : bent) * scale;
  };
  return adjusted(doorOf("adjustSigmoid", ["cutoff", "gain", "inv"]), image, options, bend);
}

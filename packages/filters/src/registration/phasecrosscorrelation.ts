import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { axisLayout } from "../axislayout";
import { extent } from "../bins";
import { solidShape } from "../border";
import { fourierTransform } from "../fourier/fouriertransform";
import { type Complex, complexOf } from "../fourier/linetransform";
import { checkSameShape, checkSpatialImage, numbersOf } from "../image";
import { checkNumber } from "../option";
import { roundEven } from "../roundeven";
import { firstPeak, upsampledPeak } from "./upsampledpeak";

/** How `phaseCrossCorrelation` compares. */
export interface PhaseCrossCorrelationOptions {
  /** Find the shift to 1 / upsampleFactor of a pixel. Default 1. */
  upsampleFactor?: number;
  /** `"phase"`: all frequencies count alike; `null`: bright structures count more, better for noise. Default `"phase"`. */
  normalization?: "phase" | null;
}

/** How an image lies to another one. */
export interface Registration {
  /** What the moving image must be shifted by to lie on the reference, in pixels, one number for each axis. */
  readonly shift: number[];
  /** How far the images differ after the shift, from 0 to 1; a measure only with `normalization: null`; NaN of zeros. */
  readonly error: number;
  /** The phase between the images, 0 for images that aren't negative. */
  readonly phaseDiff: number;
}

const door = {
  name: "phaseCrossCorrelation",
  action: "register",
  options: ["upsampleFactor", "normalization"],
  aliases: { upsample: "upsampleFactor" },
};

// What is weaker is noise of the transform (scikit-image's limit).
const WEAKEST = 100 * Number.EPSILON;

function finiteNumbers(image: NdArray, name: string): Float64Array {
  const numbers = numbersOf(image);
  const [low, high] = extent(numbers);
  if (Number.isFinite(low) && Number.isFinite(high)) return numbers;
  throw new RangeError(
    `Cannot ${door.action}: the values of ${name} must be finite, got ${low} to ${high}; take a part without NaN and infinities`,
  );
}

const powerOf = (numbers: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += numbers[i] * numbers[i];
  return sum;
};

/** Put a row of the spectrum of two images' correlation, from that of both and its row of opposite frequencies. */
function correlateRow(
  { real, imaginary }: Complex,
  { real: targetReal, imaginary: targetImaginary }: Complex,
  row: number,
  opposite: number,
  width: number,
  { scale, isPhase }: { scale: number; isPhase: boolean },
): void {
  for (let x = 0; x < width; x++) {
    const at = row + x;
    const other = x === 0 ? opposite : opposite + width - x;
    const a = real[at] + real[other];
    const b = imaginary[at] + imaginary[other];
    const c = imaginary[at] - imaginary[other];
    const d = real[at] - real[other];
    const product = (a * b - c * d) * scale;
    const turned = (a * d + c * b) * scale;
    const size = Math.sqrt(product * product + turned * turned);
    const weight = isPhase ? 1 / Math.max(size, WEAKEST) : 1;
    targetReal[at] = product * weight;
    targetImaginary[at] = turned * weight;
  }
}

/** The spectrum of two real images' correlation, from one transform of both as a complex image. */
function correlationSpectrum(
  reference: Float64Array,
  moving: Float64Array,
  shape: readonly number[],
  isPhase: boolean,
): Complex {
  const spectrum = complexOf(reference.length);
  // Both are made as strong, so that neither is lost in the other's rounding.
  const scale = Math.sqrt(powerOf(reference) / powerOf(moving));
  const isDark = !(scale > 0 && Number.isFinite(scale));
  if (isDark) return spectrum;
  const both = { real: reference.slice(), imaginary: new Float64Array(moving.length) };
  for (let i = 0; i < moving.length; i++) both.imaginary[i] = moving[i] * scale;
  fourierTransform(both, shape);
  const [depth, height, width] = solidShape(shape);
  for (let z = 0, row = 0; z < depth; z++) {
    for (let y = 0; y < height; y++, row += width) {
      const opposite = (((depth - z) % depth) * height + ((height - y) % height)) * width;
      correlateRow(both, spectrum, row, opposite, width, { scale: 1 / (4 * scale), isPhase });
    }
  }
  return spectrum;
}

/** The place of an element, counted as negative behind the middle of an axis. */
const placeOf = (index: number, shape: readonly number[]): number[] =>
  shape.map((length, axis) => {
    const at = Math.floor(index / axisLayout(shape, axis).inner) % length;
    return at > Math.trunc(length / 2) ? at - length : at;
  });

/**
 * Find how an image is shifted against another one (scikit-image's `phase_cross_correlation`), e.g. the drift of a
 * frame. It is found in float64, for float32 images too.
 *
 * @param reference `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @param moving of the same shape, which is shifted; not modified
 * @returns the shift that lays `moving` on `reference`
 * @throws {TypeError} if an image is no NdArray, or an option is unknown
 * @throws {RangeError} if the shapes differ, a value isn't finite, or an option is out of range
 * @example
 * const drift = phaseCrossCorrelation(first, frame, { upsampleFactor: 10 });
 * const still = shift(frame, drift.shift);
 */
export function phaseCrossCorrelation(
  reference: NdArray,
  moving: NdArray,
  options: PhaseCrossCorrelationOptions = {},
): Registration {
  const { action } = door;
  checkSpatialImage(reference, { ...door, subject: "reference", other: "moving", isList: true }, [2, 3]);
  checkSameShape(reference, moving, action, "the moving image");
  checkOptions(door, options);
  const { upsampleFactor: factor = 1, normalization = "phase" } = options;
  checkNumber(
    action,
    "upsampleFactor",
    factor,
    "a whole number above 0",
    Number.isInteger(factor) && factor > 0,
  );
  if (normalization !== "phase" && normalization !== null) {
    throw new RangeError(
      `Cannot ${action}: normalization must be "phase" or null, got ${String(normalization)}`,
    );
  }
  const { shape, size } = reference;
  const [still, moved] = [
    finiteNumbers(reference, "the reference"),
    finiteNumbers(moving, "the moving image"),
  ];
  const spectrum = correlationSpectrum(still, moved, shape, normalization === "phase");
  const correlation =
    factor > 1 ? { real: spectrum.real.slice(), imaginary: spectrum.imaginary.slice() } : spectrum;
  fourierTransform({ real: correlation.imaginary, imaginary: correlation.real }, shape);
  const peak = firstPeak(correlation);
  let place = placeOf(peak, shape);
  // The transforms' sums of squares are `size` times the images'; the inverse transform's values, `size` times too large.
  let value = [correlation.real[peak] / size, correlation.imaginary[peak] / size];
  let power = powerOf(still) * powerOf(moved);
  if (factor > 1) {
    const near = place.map((one) => roundEven(one * factor) / factor);
    ({ place, value } = upsampledPeak(spectrum, shape, near, factor));
    power *= size * size;
  }
  const [x, y] = value;
  return {
    shift: place.map((one, axis) => (shape[axis] === 1 ? 0 : one)),
    error: Math.sqrt(Math.abs(1 - (x * x + y * y) / power)),
    phaseDiff: Math.atan2(y, x),
  };
}

import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { axisLayout } from "../axislayout";
import { extent } from "../bins";
import { fourierTransform } from "../fouriertransform";
import { checkSameShape, checkSpatialImage, numbersOf } from "../image";

import { type Complex, complexOf } from "../linetransform";
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

/** Call with each element of a spectrum and the one of the opposite frequency. */
function eachPair(shape: readonly number[], visit: (index: number, opposite: number) => void): void {
  const [depth, height, width] = [1, 1, ...shape].slice(-3);
  for (let z = 0, index = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      const row = (((depth - z) % depth) * height + ((height - y) % height)) * width;
      visit(index++, row);
      for (let x = 1; x < width; x++) visit(index++, row + width - x);
    }
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
  const both = { real: reference.slice(), imaginary: moving.map((value) => value * scale) };
  fourierTransform(both, shape);
  const { real, imaginary } = both;
  eachPair(shape, (index, opposite) => {
    const [a, b, c, d] = [real[index], imaginary[index], real[opposite], imaginary[opposite]];
    const x = ((a + c) * (b + d) - (b - d) * (a - c)) / (4 * scale);
    const y = ((a + c) * (a - c) + (b - d) * (b + d)) / (4 * scale);
    const weight = isPhase ? 1 / Math.max(Math.hypot(x, y), WEAKEST) : 1;
    spectrum.real[index] = x * weight;
    spectrum.imaginary[index] = y * weight;
  });
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
  const correlation = { real: spectrum.real.slice(), imaginary: spectrum.imaginary.slice() };
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

import { checkOptions, type DType, type NdArray } from "@bioengine/ndarray";
import { axisLayout } from "../axislayout";
import { type BorderMode, borderIndices, checkMode } from "../border";
import { checkImage, checkSpatialImage, imageOf, largestOf, numbersOf } from "../image";
import { perAxis } from "../option";
import { type Order, splineLine, tapsAt } from "./interpolation";
import { checkOrder } from "./resize";

/** How `shift` makes pixels between pixels, and beyond the edge. */
export interface ShiftOptions {
  /** 0: the nearest pixel; 1: linear; 3: a cubic spline. Default 3, and 0 for labels and bool. */
  order?: Order;
  /** What comes from beyond the edge. Default `"constant"`. */
  mode?: BorderMode;
  /** The value beyond the edge for mode `"constant"`. Default 0. */
  cval?: number;
}

const door = { name: "shift", action: "shift", options: ["order", "mode", "cval"] };

/** Pixels beyond either end of a line that a spline's coefficients need: SciPy's 12, and so many that none is missed. */
function marginOf(order: Order, mode: BorderMode): number {
  if (mode === "constant" || mode === "mirror") return 0;
  if (order < 3) return 1;
  return mode === "nearest" ? 12 : 40;
}

/** A place on a line, as one within it and its margin. */
function placeWithin(place: number, length: number, mode: BorderMode, margin: number): number {
  if (mode === "constant") return place;
  if (mode === "nearest") return Math.min(Math.max(place, -margin), length - 1 + margin);
  const modulo = (value: number, period: number) => ((value % period) + period) % period;
  if (mode === "wrap") return modulo(place, length);
  if (mode === "reflect") {
    const within = modulo(place + 0.5, 2 * length);
    return (within < length ? within : 2 * length - within) - 0.5;
  }
  if (length === 1) return 0;
  const within = modulo(place, 2 * length - 2);
  return Math.min(within, 2 * length - 2 - within);
}

/** Shift along one axis; places beyond the edge are of no account where it is constant. */
function shiftAxis(
  data: Float64Array,
  shape: readonly number[],
  axis: number,
  offset: number,
  order: Order,
  mode: BorderMode,
): Float64Array {
  const { outer, length, inner } = axisLayout(shape, axis);
  const margin = marginOf(order, mode);
  const sources = borderIndices(length, margin, margin, mode);
  const taps = Array.from({ length }, (_, i) => {
    const place = placeWithin(i - offset, length, mode, margin);
    const isBeyond = place < -margin || place > length - 1 + margin;
    return tapsAt(isBeyond ? 0 : place + margin, sources.length, order);
  });
  const each = taps[0][0].length;
  const indices = Int32Array.from(taps.flatMap(([places]) => places));
  const weights = Float64Array.from(taps.flatMap(([, shares]) => shares));
  const line = new Float64Array(sources.length);
  const result = new Float64Array(data.length);
  for (let block = 0; block < outer; block++) {
    for (let x = 0; x < inner; x++) {
      const start = block * length * inner + x;
      for (let i = 0; i < line.length; i++) line[i] = data[start + sources[i] * inner];
      if (order === 3) splineLine(line);
      for (let i = 0, tap = 0; i < length; i++) {
        let sum = 0;
        for (let k = 0; k < each; k++, tap++) sum += weights[tap] * line[indices[tap]];
        result[start + i * inner] = sum;
      }
    }
  }
  return result;
}

/** Set to a value what comes from beyond the edge. */
function fillBeyond(
  data: Float64Array,
  shape: readonly number[],
  offsets: readonly number[],
  cval: number,
): void {
  for (const [axis, offset] of offsets.entries()) {
    const { outer, length, inner } = axisLayout(shape, axis);
    for (let i = 0; i < length; i++) {
      if (i - offset >= 0 && i - offset <= length - 1) continue;
      for (let block = 0; block < outer; block++) {
        const start = (block * length + i) * inner;
        data.fill(cval, start, start + inner);
      }
    }
  }
}

/** Round as SciPy does, halves away from 0; unsigned integers end where the dtype does. */
function roundTo(data: Float64Array, dtype: DType): void {
  const [low, high] = dtype.startsWith("u")
    ? [0, largestOf(dtype)]
    : [-largestOf(dtype) - 1, largestOf(dtype)];
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    data[i] = Math.min(high, Math.max(low, Math.trunc(value < 0 ? value - 0.5 : value + 0.5)));
  }
}

/**
 * Shift an image, also by parts of a pixel (SciPy's `shift`), e.g. back to where it was before it drifted. Mode `"wrap"`
 * is SciPy's `"grid-wrap"`, and integers end where the dtype does.
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @param offsets pixels towards higher indices, one number for all axes or one for each
 * @returns the image's dtype and role
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if the offsets or an option is out of range
 * @example
 * const still = shift(frame, phaseCrossCorrelation(first, frame).shift);
 */
export function shift<D extends DType>(
  image: NdArray<D>,
  offsets: number | readonly number[],
  options: ShiftOptions = {},
): NdArray<D> {
  const { name, action } = door;
  if (typeof offsets === "number") checkSpatialImage(image, { ...door, rest: String(offsets) });
  else checkImage(image, action);
  checkOptions(door, options);
  const { dtype, shape, ndim, role } = image;
  if (typeof offsets !== "number" && !Array.isArray(offsets)) {
    const fix = `; use ${name}(image, [${shape.map((_, axis) => axis + 1).join(", ")}])`;
    throw new TypeError(
      `Cannot ${action}: the offsets must be numbers of pixels, got ${String(offsets)}${fix}`,
    );
  }
  const isPlain = dtype === "bool" || role === "labels";
  const { order = isPlain ? 0 : 3, mode = "constant", cval = 0 } = options;
  checkMode(action, mode);
  checkOrder(action, order, dtype);
  const steps = perAxis(action, "offsets", offsets, ndim, "finite", Number.isFinite);
  let data: Float64Array = numbersOf(image).slice();
  for (const [axis, offset] of steps.entries()) {
    if (offset !== 0) data = shiftAxis(data, shape, axis, offset, Number.isInteger(offset) ? 0 : order, mode);
  }
  if (mode === "constant") fillBeyond(data, shape, steps, cval);
  if (!dtype.includes("float") && dtype !== "bool") roundTo(data, dtype);
  return imageOf(data, image, dtype, role);
}

import { axesOf, type Dimension, isSpatial } from "./dimension";
import type { DType } from "./dtype";
import { checkOptions } from "./option";

/** What an array says of itself beside its elements. */
export interface ArrayMetadata {
  /** `"labels"` if the integers number objects, 0 = background. */
  role?: "labels" | undefined;
  /** A letter for each axis, e.g. `"ZYX"`; see `NdArray.axes`. Default, with `spacing`: the last of `"ZYX"`. */
  axes?: string | undefined;
  /** Pixel size in µm along those of the axes Z, Y, X that are there, or one number for all of them. */
  spacing?: number | readonly number[] | undefined;
}

const action = "describe the array";

/**
 * Check axes and spacing at the public door.
 *
 * @param axes a letter for each axis; default, if there is a spacing: the last of `"ZYX"`
 * @param spacing a number for each of Z, Y and X that is among the axes, or one for all
 * @throws {RangeError} if they don't fit each other and the number of axes
 */
function checkedDimensions(
  ndim: number,
  axes: string | undefined,
  spacing: number | readonly number[] | undefined,
): Dimension[] | undefined {
  if (axes === undefined && spacing === undefined) return undefined;
  const names = [...(axes ?? "ZYX".slice(-ndim))];
  const isWord = names.every((name) => /^[A-Z]$/.test(name)) && new Set(names).size === names.length;
  if (names.length !== ndim || !isWord) {
    throw new RangeError(
      `Cannot ${action}: axes must be a capital letter for each of the ${ndim} axes, such as "${"TCZYX".slice(-ndim)}", got ${JSON.stringify(axes)}`,
    );
  }
  const dimensions: Dimension[] = names.map((name) => ({ name }));
  if (spacing === undefined) return dimensions;
  const spatial = dimensions.filter(isSpatial);
  const steps = typeof spacing === "number" ? spatial.map(() => spacing) : spacing;
  const isKnown = Array.isArray(steps) && steps.length === spatial.length && spatial.length > 0;
  if (!isKnown || !steps.every((step) => step > 0 && step < Infinity)) {
    const got = Array.isArray(spacing) ? `[${spacing.join(", ")}]` : JSON.stringify(spacing);
    const isColour = axes === undefined && ndim === 3;
    const advice = isColour ? '; if the last one is colours, name the axes too: { axes: "YXS" }' : "";
    throw new RangeError(
      `Cannot ${action}: spacing must be a number above 0 for each of ${axesOf(spatial) || "no axes"}, got ${got}${advice}`,
    );
  }
  return dimensions.map((dimension) =>
    isSpatial(dimension) ? { ...dimension, spacing: steps[spatial.indexOf(dimension)] } : dimension,
  );
}

/** The axes with a stack's planes, of which nobody said what they are, along Z: a pixel size for Z, Y and X says so. */
function stackAxes(axes: string | undefined, spacing: ArrayMetadata["spacing"]): string | undefined {
  const isVolume = typeof spacing === "object" && spacing.length === 3;
  return isVolume ? axes?.replace(/^[IQ](YXS?)$/, "Z$1") : axes;
}

/** What `describe` needs to know of an array. */
interface Described {
  readonly dtype: DType;
  readonly ndim: number;
  readonly axes: string | undefined;
  readonly role: "labels" | undefined;
  readonly dimensions: readonly Dimension[] | undefined;
}

function checkedRole(role: unknown, dtype: DType): "labels" | undefined {
  if (role === undefined) return undefined;
  if (role !== "labels") {
    throw new TypeError(`Cannot ${action}: the role must be "labels", got ${JSON.stringify(role)}`);
  }
  if (!/^u?int/.test(dtype)) {
    const fix = dtype === "bool" ? "label(mask)" : 'array.astype("int32")';
    throw new TypeError(`Cannot ${action}: labels must be integers, got ${dtype}; use ${fix}`);
  }
  return role;
}

/**
 * The role and axes of an array with others in their place; what is left out is kept, by the letter of its axis.
 *
 * @throws {RangeError} if axes or spacing don't fit the array
 * @throws {TypeError} if there is no such role, labels are no integers, or an option is unknown
 */
export function describe(array: Described, metadata: ArrayMetadata): Pick<Described, "role" | "dimensions"> {
  checkOptions({ action, options: ["role", "axes", "spacing"] }, metadata);
  const { role = array.role, axes, spacing } = metadata;
  const kept = { role: checkedRole(role, array.dtype), dimensions: array.dimensions };
  if (axes === undefined && spacing === undefined) return kept;
  const known = axes ?? stackAxes(array.axes, spacing);
  const described = checkedDimensions(array.ndim, known, spacing);
  if (spacing !== undefined) return { ...kept, dimensions: described };
  const own = (name: string) => array.dimensions?.find((dimension) => dimension.name === name);
  return { ...kept, dimensions: described?.map((dimension) => own(dimension.name) ?? dimension) };
}

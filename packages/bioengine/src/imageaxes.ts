import type { NdArray } from "@bioengine/ndarray";

/** The axes of one plane. */
export type PlaneAxes = "yx" | "yxc";

/** The axes of an image: a plane, or planes (z) or frames (t) of it. */
export type Axes = PlaneAxes | `${"z" | "t"}${PlaneAxes}`;

const known: readonly Axes[] = ["yx", "yxc", "zyx", "tyx", "zyxc", "tyxc"];

function guess({ ndim, shape }: NdArray): Axes | undefined {
  const channels = shape[ndim - 1] <= 4;
  if (ndim === 2) return "yx";
  if (ndim === 3) return channels ? "yxc" : "zyx";
  return ndim === 4 && channels ? "zyxc" : undefined;
}

/**
 * What the axes of an image to be segmented are.
 *
 * @param axes default: by the number of axes and the length of the last
 * @returns the axes of a plane, and how many planes a stack has; undefined if it is none
 * @throws {RangeError} if the axes are unknown, or their number isn't the image's
 */
export function axesOf(image: NdArray, axes?: Axes): { plane: PlaneAxes; count: number | undefined } {
  const shape = `[${image.shape.join(", ")}]`;
  if (axes !== undefined && !known.includes(axes)) {
    throw new RangeError(`Cannot segment: axes must be among ${known.join(", ")}, got ${String(axes)}`);
  }
  if (axes !== undefined && axes.length !== image.ndim) {
    throw new RangeError(
      `Cannot segment: axes must name the image's ${image.ndim} axes, got ${axes} for shape ${shape}`,
    );
  }
  const found = axes ?? guess(image);
  if (found === undefined || image.size === 0) {
    throw new RangeError(
      `Cannot segment: the image must have axes [y, x], [y, x, c], [z, y, x] or [z, y, x, c], got shape ${shape}; take one plane: image.at(0)`,
    );
  }
  const plane = found.endsWith("c") ? "yxc" : "yx";
  return { plane, count: found.length > plane.length ? image.shape[0] : undefined };
}

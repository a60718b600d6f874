import type { Dimension } from "./dimension";
import type { NdArray } from "./ndarray";

/** A public function that takes pixels side by side for neighbours in space. */
export interface SpaceDoor {
  /** What it does, as in "Cannot <action>". */
  readonly action: string;
  /** Its name, for the corrected line. */
  readonly name: string;
  /** What the corrected line calls the array. Default `"image"`. */
  readonly subject?: string;
  /** What the corrected line calls an array of the same axes that comes next, e.g. `"mask"`. */
  readonly other?: string | undefined;
  /** What the corrected line has after these, e.g. `"[0, 0]"`. */
  readonly rest?: string | undefined;
  /** Whether it gives something else than an array of the image's axes, so that there is no stack of it. */
  readonly isList?: boolean;
}

const parts: Readonly<Record<string, string>> = { C: "channel", T: "frame", S: "colour" };

/**
 * The axes of an image whose elements are images side by side, not neighbours in space: channels, frames and colours.
 *
 * @returns their places in ascending order; none, if the axes aren't known, or aren't a plane's (`TX` is a kymograph)
 */
export function axesApart({ dimensions = [] }: { dimensions?: readonly Dimension[] | undefined }): number[] {
  const has = (letter: string) => dimensions.some(({ name }) => name === letter);
  if (!has("Y") || !has("X")) return [];
  return dimensions.flatMap(({ name }, axis) => (name in parts ? [axis] : []));
}

/** An array with an index for each of the axes apart, as it is written in a cell. */
function partText(subject: string, apart: readonly number[], indices: readonly string[]): string {
  if (apart.every((axis, rank) => axis === rank)) return `${subject}.at(${indices.join(", ")})`;
  const ranges = Array.from({ length: apart[apart.length - 1] + 1 }, (_, axis) => {
    const rank = apart.indexOf(axis);
    return rank < 0 ? "null" : indices[rank];
  });
  return `${subject}.slice(${ranges.join(", ")})`;
}

/**
 * Refuse an image of known channels, frames or colours where they would be taken for planes of a volume. An array
 * without axes goes through: nobody knows.
 *
 * @throws {RangeError} with the line for one of them, and the one for all
 * @example
 * checkSpace(image, { action: "smooth", name: "gaussian" });
 */
export function checkSpace(image: NdArray, door: SpaceDoor): void {
  const apart = axesApart(image);
  if (apart.length === 0) return;
  const { action, name, other, rest, isList, subject = "image" } = door;
  const { axes = "", ndim } = image;
  const arrays = other === undefined ? [subject] : [subject, other];
  const call = (textOf: (array: string) => string) =>
    `${name}(${[...arrays.map(textOf), ...(rest === undefined ? [] : [rest])].join(", ")})`;
  const callAt = (...indices: string[]) => call((array) => partText(array, apart, indices));
  const [axis] = apart;
  const part = parts[axes[axis]];
  let advice = `${callAt(...apart.map(() => "0"))} for one ${part}`;
  if (part === "colour" && axis === ndim - 1) advice = call((array) => `rgb2gray(${array})`);
  else if (apart.length === 1) {
    const letter = axes[axis].toLowerCase();
    const each = `Array.from({ length: ${subject}.shape[${axis}] }, (_, ${letter}) => ${callAt(letter)})`;
    const all = `stack(${each}${axis === 0 ? "" : `, ${axis}`}).withMetadata({ axes: "${axes}" })`;
    advice += `, ${isList ? each : all} for all`;
  }
  throw new RangeError(
    `Cannot ${action}: the axes must be of space alone, as a ${part} is no plane of a volume, got axes ${axes}; use ${advice}`,
  );
}

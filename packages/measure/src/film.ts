import type { NdArray } from "@bioengine/ndarray";

/** Whether an array is known to have time as its first axis. */
export const isFilm = (array: NdArray): boolean => array?.axes?.startsWith("T") === true;

/** A film's labels, with the intensity image of the same time. */
export interface Frame {
  readonly labels: NdArray;
  readonly image: NdArray | undefined;
}

/**
 * The frames of a film, as views.
 *
 * @param image with the film's frames along its first axis
 * @throws {RangeError} if it has not as many
 */
export function framesOf(film: NdArray, image: NdArray | undefined): Frame[] {
  const [count] = film.shape;
  if (Array.isArray(image?.shape) && (image.shape[0] !== count || image.ndim < film.ndim)) {
    throw new RangeError(
      `Cannot measure regions: the image must have the film's ${count} frames, got shape [${image.shape.join(", ")}]`,
    );
  }
  return Array.from({ length: count }, (_, time) => ({ labels: film.at(time), image: image?.at(time) }));
}

import { NdArray } from "@bioengine/ndarray";
import { type Floats, floatImage, floatsLike, floatsOf } from "../image";

/** What converts an image of colours at a public door. */
export interface ColourDoor {
  readonly name: string;
  readonly action: string;
  /** What the last axis is, e.g. "red, green, blue". */
  readonly channels: string;
}

/**
 * Check an image of colours at a public door.
 *
 * @throws {TypeError} if it is no NdArray
 * @throws {RangeError} if its last axis isn't of 3 colours
 */
export function checkColours(image: NdArray, { name, action, channels }: ColourDoor): void {
  if (!(image instanceof NdArray)) {
    throw new TypeError(`Cannot ${action}: an NdArray is needed, got ${typeof image}`);
  }
  const { shape, ndim } = image;
  if (ndim >= 2 && shape[ndim - 1] === 3) return;
  const fix = shape[ndim - 1] === 4 ? `; use ${name}(image.slice(null, null, [0, 3]))` : "";
  throw new RangeError(
    `Cannot ${action}: the last axis must be ${channels}, got shape [${shape.join(", ")}]${fix}`,
  );
}

/**
 * Convert the colours of an image one by one.
 *
 * @param convert puts the new colour, whose first element is `at`, from the old one at the same place
 * @returns `[…, 3]`
 */
export function mapColours(
  image: NdArray,
  door: ColourDoor,
  convert: (source: Floats, target: Floats, at: number) => void,
): NdArray<"float32" | "float64"> {
  checkColours(image, door);
  const source = floatsOf(image);
  const target = floatsLike(source);
  for (let at = 0; at < source.length; at += 3) convert(source, target, at);
  return floatImage(target, image);
}

import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { solidShape } from "../border";
import { binaryOf, boolImage, checkSpatialImage } from "../image";
import { thinByTable } from "./tablethinning";
import { volumeSkeleton } from "./volumeskeleton";

/** How `skeletonize` thins. */
export interface SkeletonizeOptions {
  /** `"zhang"` (Zhang & Suen 1984), for `[y, x]` alone, or `"lee"` (Lee, Kashyap & Chu 1994). Default: by the axes. */
  method?: "zhang" | "lee";
}

const door = { name: "skeletonize", action: "skeletonize", options: ["method"] };

/**
 * Where the table of scikit-image 0.26 departs from the paper: for these sets of neighbours, written from above on
 * clockwise, the passes in which the pixel goes. Corners of stairs go, and ends of lines two pixels thick go from one side only.
 */
const departures: readonly (readonly [passes: number, sets: readonly string[]])[] = [
  [0, ["00011000", "00000011"]],
  [1, ["11000000", "01100000", "11100000", "10000001", "10000011"]],
  [1, ["11000010", "10000110", "11000110", "10100001", "00001011"]],
  [2, ["00110000", "00111000", "00001100", "00000110", "00001110"]],
  [2, ["10110000", "00101100", "01101100", "00011010"]],
  [3, ["10100000", "00101000", "10000010", "00001010"]],
];

/** For each set of neighbours in which of the two passes of Zhang & Suen 1984 a pixel goes. */
function removals(): Uint8Array {
  const table = new Uint8Array(256);
  for (let set = 0; set < 256; set++) {
    const is = (bit: number) => (set >> (bit & 7)) & 1;
    let [count, starts] = [0, 0];
    for (let bit = 0; bit < 8; bit++) {
      count += is(bit);
      if (is(bit) === 0 && is(bit + 1) === 1) starts++;
    }
    if (count < 2 || count > 6 || starts !== 1) continue;
    const [up, right, down, left] = [is(0), is(2), is(4), is(6)];
    if (!(up && right && down) && !(right && down && left)) table[set] |= 1;
    if (!(up && right && left) && !(up && down && left)) table[set] |= 2;
  }
  for (const [passes, sets] of departures) {
    for (const set of sets) table[Number.parseInt([...set].reverse().join(""), 2)] = passes;
  }
  return table;
}

/**
 * Thin a mask to lines one pixel wide (scikit-image's `skeletonize`).
 *
 * @param image `[y, x]` or `[z, y, x]`, what is not 0 is true; not modified
 * @returns bool
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if it has other axes, or the method isn't for them
 * @example
 * const length = skeletonize(mask).sum();
 */
export function skeletonize(image: NdArray, options: SkeletonizeOptions = {}): NdArray<"bool"> {
  checkSpatialImage(image, door, [2, 3]);
  checkOptions(door, options);
  const { method = image.ndim === 3 ? "lee" : "zhang" } = options;
  if (method !== "lee" && (method !== "zhang" || image.ndim === 3)) {
    const wanted = image.ndim === 3 ? "lee for [z, y, x]" : "zhang or lee";
    throw new RangeError(`Cannot ${door.action}: method must be ${wanted}, got ${String(method)}`);
  }
  const binary = binaryOf(image);
  const lines =
    method === "lee"
      ? volumeSkeleton(binary, solidShape(image.shape))
      : thinByTable(binary, image.shape, removals());
  return boolImage(lines, image);
}

import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { binaryOf, boolImage, checkSpatialImage } from "../image";
import { checkNumber } from "../option";
import { thinByTable } from "./tablethinning";

/** How far `thin` goes. */
export interface ThinOptions {
  /** How many layers are taken off at most, above 0. Default: all, to lines one pixel wide. */
  maxNumIter?: number;
}

const door = {
  name: "thin",
  action: "thin",
  options: ["maxNumIter"],
  aliases: { maxIter: "maxNumIter", iterations: "maxNumIter" },
};

/** For each set of neighbours, from above on clockwise, in which of the two passes of Guo & Hall 1989 a pixel goes. */
const removals = Uint8Array.from({ length: 256 }, (_, set) => {
  // The neighbours by the paper's numbers: 1 is on the right, and on they go, counterclockwise.
  const is = (neighbour: number) => (set >> ((3 - neighbour) & 7)) & 1;
  let [crossings, odd, even] = [0, 0, 0];
  for (const first of [1, 3, 5, 7]) {
    if (!is(first) && (is(first + 1) || is(first + 2))) crossings++;
    odd += is(first) | is(first + 1);
    even += is(first + 1) | is(first + 2);
  }
  const fewer = Math.min(odd, even);
  if (crossings !== 1 || fewer < 2 || fewer > 3) return 0;
  const isKept = (side: number) => ((is(side + 1) | is(side + 2) | (1 - is(side + 7))) & is(side)) === 1;
  return (isKept(1) ? 0 : 1) | (isKept(5) ? 0 : 2);
});

/**
 * Take layers off a mask, keeping its parts and holes (Guo & Hall 1989, scikit-image's `thin`).
 *
 * @param image `[y, x]`, what is not 0 is true; not modified
 * @returns bool
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if it has other axes, or the option is out of range
 * @example
 * const slimmer = thin(mask, { maxNumIter: 2 });
 */
export function thin(image: NdArray, options: ThinOptions = {}): NdArray<"bool"> {
  checkSpatialImage(image, door, [2]);
  checkOptions(door, options);
  const { maxNumIter = Number.POSITIVE_INFINITY } = options;
  checkNumber(door.action, "maxNumIter", maxNumIter, "above 0", maxNumIter > 0);
  return boolImage(thinByTable(binaryOf(image), image.shape, removals, maxNumIter), image);
}

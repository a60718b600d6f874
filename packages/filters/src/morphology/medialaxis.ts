import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { binaryOf, boolImage, checkSameShape, checkSpatialImage } from "../image";
import { distanceTransformEdt } from "./distancetransform";

/** What `medialAxis` takes and gives. */
export interface MedialAxisOptions {
  /** Where to thin, of the image's shape; elsewhere the image is kept. Default: everywhere. */
  mask?: NdArray;
  /** Give the distances to the background too, as `[axis, distance]`. Default false. */
  returnDistance?: boolean;
}

const door = { name: "medialAxis", action: "find the medial axis", options: ["mask", "returnDistance"] };

/** For each set of neighbours, from above on clockwise: whether a pixel stays, and how many of its neighbours are missing. */
const [stays, corners] = [new Uint8Array(256), new Uint8Array(256)];
for (let set = 0; set < 256; set++) {
  const is = (bit: number) => (set >> (bit & 7)) & 1;
  // Parts of neighbours that touch one another: runs round the pixel, those that meet across a corner being one.
  let [count, starts] = [0, 0];
  for (let bit = 0; bit < 8; bit++) {
    count += is(bit);
    const joins = is(bit - 1) || (bit % 2 === 0 && is(bit - 2));
    if (is(bit) && !joins) starts++;
  }
  const parts = count > 0 && starts === 0 ? 1 : starts;
  stays[set] = parts !== 1 || count < 2 ? 1 : 0;
  corners[set] = 8 - count;
}

/** The distances from the mask and its axis. */
function axisOf(binary: Uint8Array, image: NdArray): [Uint8Array, NdArray<"float64">] {
  const [height, width] = image.shape;
  const distance = distanceTransformEdt(boolImage(binary, image));
  const row = width + 2;
  const steps = [-row, 1 - row, 1, row + 1, row, row - 1, -1, -row - 1];
  const cells = new Uint8Array(row * (height + 2));
  const setAt = (cell: number): number => {
    let set = 0;
    for (let bit = 0; bit < 8; bit++) set |= cells[cell + steps[bit]] << bit;
    return set;
  };
  for (let y = 0; y < height; y++) cells.set(binary.subarray(y * width, (y + 1) * width), (y + 1) * row + 1);
  const keys = new Float64Array(binary.length);
  let count = 0;
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      if (binary[pixel] === 0) continue;
      const cell = (y + 1) * row + x + 1;
      // Squared distances are whole, and equal beyond 8192 pixels; the order is by distance, corners, place.
      const squared = Math.min(Math.round(distance.data[pixel] ** 2), 2 ** 26);
      keys[count++] = (squared * 9 + corners[setAt(cell)]) * cells.length + cell;
    }
  }
  for (const key of keys.subarray(0, count).sort()) {
    const cell = key % cells.length;
    if (stays[setAt(cell)] === 0) cells[cell] = 0;
  }
  const axis = new Uint8Array(binary.length);
  for (let y = 0; y < height; y++) {
    axis.set(cells.subarray((y + 1) * row + 1, (y + 1) * row + 1 + width), y * width);
  }
  return [axis, distance];
}

/** The axis, and the distances to the background. */
export function medialAxis(
  image: NdArray,
  options: MedialAxisOptions & { returnDistance: true },
): [NdArray<"bool">, NdArray<"float64">];
/**
 * The middle line of a mask, whose pixels are as far from one edge as from another (scikit-image's `medial_axis`; among
 * equal pixels it goes by rows, where scikit-image throws dice).
 *
 * @param image `[y, x]`, what is not 0 is true; not modified
 * @returns bool; with `returnDistance` also the distances to the background in pixels, float64
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if it has other axes, or the mask another shape
 * @example
 * const [axis, distance] = medialAxis(mask, { returnDistance: true });
 */
export function medialAxis(image: NdArray, options?: MedialAxisOptions): NdArray<"bool">;
export function medialAxis(
  image: NdArray,
  options: MedialAxisOptions = {},
): NdArray<"bool"> | [NdArray<"bool">, NdArray<"float64">] {
  checkSpatialImage(image, door, [2]);
  checkOptions(door, options);
  const { mask, returnDistance } = options;
  const binary = binaryOf(image);
  const inside = binaryOf(image);
  if (mask) {
    checkSameShape(image, mask, door.action, "the mask");
    const allowed = binaryOf(mask);
    for (let pixel = 0; pixel < inside.length; pixel++) inside[pixel] &= allowed[pixel];
  }
  const [axis, distance] = axisOf(inside, image);
  for (let pixel = 0; pixel < axis.length; pixel++) axis[pixel] |= binary[pixel] & (1 - inside[pixel]);
  const result = boolImage(axis, image);
  return returnDistance ? [result, distance] : result;
}

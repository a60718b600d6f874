import type { NdArray, Table } from "@bioengine/ndarray";
import { isInteger } from "./labels";

// Views of a mask share its memory, so `results.mask.at(0)` finds the image that `results.mask` was linked to.
const images = new WeakMap<ArrayBufferLike, NdArray>();
const diameters = new WeakMap<ArrayBufferLike, number>();
const masks = new WeakMap<Table, NdArray>();

/**
 * Remember which image a mask was made from, so that the mask as a cell's last line shows over it.
 *
 * The link belongs to the mask's memory: all views of it have it, copies do not. Nothing is copied; the image lives
 * as long as the mask does.
 *
 * @param mask labels, any rank
 * @param image what was segmented: `[y, x]`, `[y, x, c]` or `[c, y, x]`
 * @example
 * linkImage(results.mask, image);
 */
export function linkImage(mask: NdArray, image: NdArray): void {
  images.set(mask.buffer.buffer, image);
}

/**
 * Remember what a model was told of the objects' diameter, so that the mask's text can tell if it was far off.
 *
 * @param diameter in pixels
 * @example
 * linkDiameter(results.mask, 30);
 */
export function linkDiameter(mask: NdArray, diameter: number): void {
  diameters.set(mask.buffer.buffer, diameter);
}

/** What the model that made a mask was told, in pixels; undefined if that is not known. */
export const linkedDiameter = (mask: NdArray): number | undefined => diameters.get(mask.buffer.buffer);

/** The image a mask was linked to, channels last, if it has the mask's height and width. */
export function linkedImage(mask: NdArray): NdArray | undefined {
  const image = images.get(mask.buffer.buffer);
  const [height, width] = mask.shape;
  const fits = (y: number, x: number) => image?.shape[y] === height && image?.shape[x] === width;
  if (image && mask.ndim === 3) return linkedStack(image, mask.shape);
  if (!image || mask.ndim !== 2) return undefined;
  if (image.ndim === 2) return fits(0, 1) ? image : undefined;
  if (image.ndim !== 3) return undefined;
  const [first = 0, , last = 0] = image.shape;
  if (fits(0, 1) && last <= 4) return image;
  return fits(1, 2) && first <= 4 ? image.transpose([1, 2, 0]) : undefined;
}

/** A stack under a mask `[z, y, x]`: of the same shape, or that with channels last or first. */
function linkedStack(image: NdArray, shape: readonly number[]): NdArray | undefined {
  const has = (lengths: readonly number[]) => lengths.join() === shape.join();
  if (has(image.shape) || (has(image.shape.slice(0, 3)) && image.shape[3]! <= 4)) return image;
  return has(image.shape.slice(1)) && image.shape[0]! <= 4 ? image.transpose([1, 2, 3, 0]) : undefined;
}

/**
 * Remember which mask a table was measured on, so that a viewer can show a row's object and an object's row. Tables
 * that are taken from it, e.g. by `filter`, are linked too.
 *
 * @param table with a column `label`
 * @param mask `[y, x]` or `[z, y, x]` labels
 * @example
 * linkMask(regionpropsTable(mask), mask);
 */
export function linkMask(table: Table, mask: NdArray): void {
  masks.set(table, mask);
}

/** The mask a table was linked to, or the one it was taken from, if it can be shown. */
export function linkedMask(table: Table): NdArray | undefined {
  const isRelabelled = table.columnNames.includes("label") && table.originalName("label") !== "label";
  const mask = masks.get(table) ?? (isRelabelled ? undefined : masks.get(table.origin));
  return mask && mask.ndim >= 2 && mask.ndim <= 3 && mask.size > 0 && isInteger(mask) ? mask : undefined;
}

import { frameOf } from "../neighbourhood";
import { argsort } from "../ranks";

/** A measure of connected pixels that grows with them, and the least that is enough. */
export interface Attribute {
  /** Whether what a pixel stands for has enough. */
  isEnough(pixel: number): boolean;
  /** Let a pixel stand for what another one stood for, too. */
  join(pixel: number, other: number): void;
  /** Say that a pixel is joined to what has enough. */
  suffice(pixel: number): void;
}

/**
 * Lower peaks to the level where they are joined to enough pixels (an attribute opening). Pixels come in the order of
 * their values, the highest first, and are joined in trees to those that are there (Wilkinson & Roerdink 2000).
 *
 * @param data its values are not modified
 * @param attributeOf measures pixels of an image with a frame
 * @returns new values
 */
export function attributeOpened(
  data: Float64Array,
  shape: readonly number[],
  connectivity: number,
  attributeOf: (framed: Int32Array, size: number) => Attribute,
): Float64Array {
  const { size, steps, fill, take } = frameOf(shape, connectivity);
  const values = fill(new Float64Array(size), data);
  const framed = take(
    Int32Array.from({ length: size }, (_, pixel) => pixel),
    new Int32Array(data.length),
  );
  const { isEnough, join, suffice } = attributeOf(framed, size);
  const order = argsort(data);
  // -1: not there yet.
  const parents = new Int32Array(size).fill(-1);
  for (let rank = order.length - 1; rank >= 0; rank--) {
    const pixel = framed[order[rank]];
    parents[pixel] = pixel;
    for (let i = 0; i < steps.length; i++) {
      let root = pixel + steps[i];
      if (parents[root] < 0) continue;
      while (parents[root] !== root) {
        parents[root] = parents[parents[root]];
        root = parents[root];
      }
      if (root === pixel) continue;
      if (values[root] === values[pixel] || !isEnough(root)) {
        parents[root] = pixel;
        join(pixel, root);
      } else suffice(pixel);
    }
  }
  // Parents are lower, so that theirs is known first.
  for (let rank = 0; rank < order.length; rank++) {
    const pixel = framed[order[rank]];
    values[pixel] = values[parents[pixel]];
  }
  return take(values, new Float64Array(data.length));
}

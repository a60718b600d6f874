import type { NdArray } from "@bioengine/ndarray";

/** Copy the elements of an array to those of another of its shape. */
export function copyInto(target: NdArray, source: NdArray): void {
  if (source.ndim === 0) target.buffer[target.offset] = source.buffer[source.offset];
  else if (source.ndim > 1)
    for (let at = 0; at < source.shape[0]; at++) copyInto(target.at(at), source.at(at));
  else {
    const [length, from, to] = [source.shape[0], source.strides[0], target.strides[0]];
    for (let at = 0; at < length; at++) {
      target.buffer[target.offset + at * to] = source.buffer[source.offset + at * from];
    }
  }
}

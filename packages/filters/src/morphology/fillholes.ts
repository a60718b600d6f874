import type { NdArray } from "@bioengine/ndarray";
import { solidShape } from "../border";
import { binaryOf, boolImage, checkSpatialImage } from "../image";

/**
 * Fill the holes of a mask: background that doesn't reach the edge over pixels' edges (SciPy's `binary_fill_holes`).
 *
 * @param image `[y, x]` or `[z, y, x]`, what is not 0 is true; not modified
 * @returns bool
 * @throws {TypeError} if it is no NdArray
 * @throws {RangeError} if it has other axes
 * @example
 * const filled = binaryFillHoles(image.greater(thresholdOtsu(image)));
 */
export function binaryFillHoles(image: NdArray): NdArray<"bool"> {
  checkSpatialImage(image, { name: "binaryFillHoles", action: "fill holes" });
  const data = binaryOf(image);
  const [depth, height, width] = solidShape(image.shape);
  const plane = height * width;
  const queue = new Int32Array(data.length);
  let count = 0;
  const reach = (pixel: number) => {
    if (data[pixel] !== 0) return;
    data[pixel] = 2;
    queue[count++] = pixel;
  };
  // A stack of one plane, as SciPy has it, is all edge; a 2-D image is not.
  const [isSolid, isPlanar] = [image.ndim > 2, image.ndim > 1];
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      const row = z * plane + y * width;
      const isEdge = (isSolid && (z === 0 || z === depth - 1)) || (isPlanar && (y === 0 || y === height - 1));
      if (isEdge) for (let x = 0; x < width; x++) reach(row + x);
      reach(row);
      reach(row + width - 1);
    }
  }
  for (let done = 0; done < count; done++) {
    const pixel = queue[done];
    const x = pixel % width;
    const rest = pixel % plane;
    if (x > 0) reach(pixel - 1);
    if (x + 1 < width) reach(pixel + 1);
    if (rest >= width) reach(pixel - width);
    if (rest + width < plane) reach(pixel + width);
    if (pixel >= plane) reach(pixel - plane);
    if (pixel + plane < data.length) reach(pixel + plane);
  }
  for (let i = 0; i < data.length; i++) data[i] = data[i] === 2 ? 0 : 1;
  return boolImage(data, image);
}

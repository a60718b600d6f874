import type { NdArray } from "@bioengine/ndarray";
import { checkSpatialImage, floatImage, scaledOf } from "../image";
import { correlated } from "./correlation";
import { symmetric } from "./taps";

const curvature = symmetric([2, -1]);

/**
 * How much a pixel rises above its neighbours over edges, summed (scikit-image's `laplace` with `ksize` 3; of the other
 * sign than SciPy's), mirrored beyond the edge.
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @returns float64, or float32 for float32 images; integers are scaled to 0 .. 1 first
 * @throws {TypeError} if it is no NdArray
 * @throws {RangeError} if it has other axes
 * @example
 * const ridges = laplace(gaussian(image, { sigma: 2 }));
 */
export function laplace(image: NdArray): NdArray<"float32" | "float64"> {
  checkSpatialImage(image, { name: "laplace", action: "take the Laplacian" });
  const bendsAlong = (axis: number) => {
    const kernels = image.shape.map((_, other) => (other === axis ? curvature : undefined));
    return correlated(scaledOf(image), image.shape, kernels, { mode: "reflect", cval: 0 });
  };
  const [result, ...others] = Array.from(image.shape.keys(), bendsAlong);
  for (const bends of others) for (let i = 0; i < result.length; i++) result[i] += bends[i];
  return floatImage(result, image);
}

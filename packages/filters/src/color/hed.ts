import type { NdArray } from "@bioengine/ndarray";
import { mapColours } from "./colours";

type Row = readonly [number, number, number];
type Matrix = readonly [Row, Row, Row];

/** How much red, green and blue haematoxylin, eosin and DAB take away (Ruifrok & Johnston 2001). */
const stains: Matrix = [
  [0.65, 0.7, 0.29],
  [0.07, 0.99, 0.11],
  [0.27, 0.57, 0.78],
];

const cross = ([a, b, c]: Row, [x, y, z]: Row): Row => [b * z - c * y, c * x - a * z, a * y - b * x];

function inverse([first, second, third]: Matrix): Matrix {
  const columns = [cross(second, third), cross(third, first), cross(first, second)];
  const determinant = first.reduce((sum, value, i) => sum + value * columns[0][i], 0);
  const row = (i: number): Row => [
    columns[0][i] / determinant,
    columns[1][i] / determinant,
    columns[2][i] / determinant,
  ];
  return [row(0), row(1), row(2)];
}

const colours = inverse(stains);

// Light that is weaker counts as this weak, which makes a stain of 1.
const DARK = 1e-6;
const DENSITY = Math.log(DARK);

/**
 * The stains of a bright-field image (scikit-image's `rgb2hed`, colour deconvolution): haematoxylin, eosin and DAB.
 *
 * @param image `[y, x, 3]`, any dtype; not modified
 * @returns `[y, x, 3]` float64: for each stain how dense it is, from 0
 * @throws {TypeError} if it is no NdArray
 * @throws {RangeError} if the last axis isn't red, green, blue
 * @example
 * const nuclei = rgb2hed(image).slice(null, null, 0);
 */
export const rgb2hed = (image: NdArray): NdArray<"float32" | "float64"> =>
  mapColours(
    image,
    { name: "rgb2hed", action: "separate stains", channels: "red, green, blue", dtype: "float64" },
    (source, target, at) => {
      const red = Math.log(Math.max(source[at], DARK)) / DENSITY;
      const green = Math.log(Math.max(source[at + 1], DARK)) / DENSITY;
      const blue = Math.log(Math.max(source[at + 2], DARK)) / DENSITY;
      for (let i = 0; i < 3; i++) {
        target[at + i] = Math.max(0, red * colours[0][i] + green * colours[1][i] + blue * colours[2][i]);
      }
    },
  );

/**
 * The colours of stains (scikit-image's `hed2rgb`), e.g. to show one of them alone.
 *
 * @param image `[y, x, 3]` of haematoxylin, eosin and DAB; integers are scaled to 0 .. 1; not modified
 * @returns `[y, x, 3]` float64 from 0 to 1
 * @throws {TypeError} if it is no NdArray
 * @throws {RangeError} if the last axis isn't of 3 stains
 * @example
 * const again = hed2rgb(rgb2hed(image));
 */
export const hed2rgb = (image: NdArray): NdArray<"float32" | "float64"> =>
  mapColours(
    image,
    { name: "hed2rgb", action: "combine stains", channels: "haematoxylin, eosin, DAB", dtype: "float64" },
    (source, target, at) => {
      const [first, second, third] = [source[at], source[at + 1], source[at + 2]];
      for (let i = 0; i < 3; i++) {
        const density = first * stains[0][i] + second * stains[1][i] + third * stains[2][i];
        target[at + i] = Math.min(1, Math.exp(density * DENSITY));
      }
    },
  );

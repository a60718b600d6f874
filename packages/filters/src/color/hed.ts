import type { NdArray } from "@bioengine/ndarray";
import { type Floats, floatImage, floatsOf, scaledOf } from "../image";
import { type ColourDoor, checkColours } from "./colours";
import { densityOf, transmittanceOf } from "./transmittance";

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

// So many values stay in the processor's cache from one step to the next; they are whole pixels.
const BLOCK = 3 << 11;

/** Put how densely each colour of integers is taken away, which is in a table. */
function putFromTable(values: Uint8Array | Uint16Array, table: Float64Array, target: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i] = table[values[i]];
}

function putDensities(values: Floats, target: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i] = densityOf(values[i]);
}

/** Make stains of the densities of colours, in place. */
function separate(densities: Float64Array): void {
  const [[redA, redB, redC], [greenA, greenB, greenC], [blueA, blueB, blueC]] = colours;
  for (let at = 0; at < densities.length; at += 3) {
    const red = densities[at];
    const green = densities[at + 1];
    const blue = densities[at + 2];
    densities[at] = Math.max(0, red * redA + green * greenA + blue * blueA);
    densities[at + 1] = Math.max(0, red * redB + green * greenB + blue * blueB);
    densities[at + 2] = Math.max(0, red * redC + green * greenC + blue * blueC);
  }
}

/** Put the colours that stains leave. */
function combine(densities: Floats, target: Float64Array): void {
  const [[redA, greenA, blueA], [redB, greenB, blueB], [redC, greenC, blueC]] = stains;
  for (let at = 0; at < target.length; at += 3) {
    const a = densities[at];
    const b = densities[at + 1];
    const c = densities[at + 2];
    target[at] = transmittanceOf(a * redA + b * redB + c * redC);
    target[at + 1] = transmittanceOf(a * greenA + b * greenB + c * greenC);
    target[at + 2] = transmittanceOf(a * blueA + b * blueB + c * blueC);
  }
}

const doorOf = (name: string, action: string, channels: string): ColourDoor => ({ name, action, channels });

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
export function rgb2hed(image: NdArray): NdArray<"float32" | "float64"> {
  checkColours(image, doorOf("rgb2hed", "separate stains", "red, green, blue"));
  const { values, scale } = scaledOf(image);
  const target = new Float64Array(values.length);
  const count = 256 ** values.BYTES_PER_ELEMENT;
  const isWhole = values instanceof Uint8Array || values instanceof Uint16Array;
  const table = new Float64Array(isWhole ? count : 0).map((_, value) => densityOf(value * scale));
  for (let start = 0; start < target.length; start += BLOCK) {
    const block = target.subarray(start, start + BLOCK);
    if (isWhole) putFromTable(values.subarray(start), table, block);
    else putDensities(values.subarray(start), block);
    separate(block);
  }
  return floatImage(target, image);
}

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
export function hed2rgb(image: NdArray): NdArray<"float32" | "float64"> {
  checkColours(image, doorOf("hed2rgb", "combine stains", "haematoxylin, eosin, DAB"));
  const densities = floatsOf(image);
  const target = new Float64Array(densities.length);
  combine(densities, target);
  return floatImage(target, image);
}

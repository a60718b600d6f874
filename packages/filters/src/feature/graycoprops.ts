import { NdArray } from "@bioengine/ndarray";
import { checkImage, numbersOf } from "../image";

/** What `graycoprops` measures of how grey values lie side by side. */
export type TextureProperty =
  | "contrast"
  | "dissimilarity"
  | "homogeneity"
  | "ASM"
  | "energy"
  | "correlation"
  | "mean"
  | "variance"
  | "std"
  | "entropy";

/** The shares of one direction, `[level, level]`. */
interface Pairs {
  readonly shares: Float64Array;
  readonly levels: number;
}

function total({ shares, levels }: Pairs, termOf: (share: number, i: number, j: number) => number): number {
  let sum = 0;
  for (let i = 0, at = 0; i < levels; i++) {
    for (let j = 0; j < levels; j++, at++) if (shares[at] > 0) sum += termOf(shares[at], i, j);
  }
  return sum;
}

const meanOf = (pairs: Pairs): number => total(pairs, (share, i) => i * share);

function varianceOf(pairs: Pairs): number {
  const mean = meanOf(pairs);
  return total(pairs, (share, i) => share * (i - mean) ** 2);
}

function correlationOf(pairs: Pairs): number {
  const mean = meanOf(pairs);
  const other = total(pairs, (share, _, j) => j * share);
  const deviation = Math.sqrt(varianceOf(pairs));
  const otherDeviation = Math.sqrt(total(pairs, (share, _, j) => share * (j - other) ** 2));
  // Where all is one grey value, it is like itself.
  if (deviation < 1e-15 || otherDeviation < 1e-15) return 1;
  return total(pairs, (share, i, j) => share * (i - mean) * (j - other)) / (deviation * otherDeviation);
}

const momentOf = (pairs: Pairs): number => total(pairs, (share) => share * share);

const measures: Readonly<Record<TextureProperty, (pairs: Pairs) => number>> = {
  contrast: (pairs) => total(pairs, (share, i, j) => share * (i - j) ** 2),
  dissimilarity: (pairs) => total(pairs, (share, i, j) => share * Math.abs(i - j)),
  homogeneity: (pairs) => total(pairs, (share, i, j) => share / (1 + (i - j) ** 2)),
  ASM: momentOf,
  energy: (pairs) => Math.sqrt(momentOf(pairs)),
  correlation: correlationOf,
  mean: meanOf,
  variance: varianceOf,
  std: (pairs) => Math.sqrt(varianceOf(pairs)),
  entropy: (pairs) => total(pairs, (share) => -share * Math.log(share)),
};

/**
 * Measure texture from how often grey values lie side by side (scikit-image's `graycoprops`, Haralick 1973).
 *
 * @param matrix `[level, level, distance, angle]` of `graycomatrix`; not modified
 * @param property what is measured. Default `"contrast"`
 * @returns `[distance, angle]` float64
 * @throws {TypeError} if it is no NdArray
 * @throws {RangeError} if it has other axes, or there is no such property
 * @example
 * const even = graycoprops(graycomatrix(image, [1], [0]), "homogeneity").item();
 */
export function graycoprops(matrix: NdArray, property: TextureProperty = "contrast"): NdArray<"float64"> {
  const action = "measure texture";
  checkImage(matrix, action, [1, 2, 3, 4]);
  const { shape, ndim } = matrix;
  if (ndim !== 4 || shape[0] !== shape[1]) {
    throw new RangeError(
      `Cannot ${action}: the axes must be [level, level, distance, angle], got shape [${shape.join(", ")}]; use graycoprops(graycomatrix(image, [1], [0]))`,
    );
  }
  if (!Object.hasOwn(measures, property)) {
    throw new RangeError(
      `Cannot ${action}: the property must be one of ${Object.keys(measures).join(", ")}, got ${String(property)}`,
    );
  }
  const [levels, , distances, angles] = shape;
  const numbers = numbersOf(matrix);
  const apart = distances * angles;
  const buffer = new Float64Array(apart);
  for (let direction = 0; direction < apart; direction++) {
    const counts = Float64Array.from({ length: levels * levels }, (_, i) => numbers[i * apart + direction]);
    const sum = counts.reduce((before, count) => before + count, 0) || 1;
    buffer[direction] = measures[property]({ shares: counts.map((count) => count / sum), levels });
  }
  return new NdArray({ dtype: "float64", shape: [distances, angles], buffer });
}

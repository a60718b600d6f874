import { type NdArray, ndarray } from "@bioengine/ndarray";
import { describe, expect, test } from "vitest";
import {
  dilation,
  disk,
  erosion,
  footprintRectangle,
  gaussian,
  sobel,
  thresholdLocal,
  thresholdNiblack,
  thresholdSauvola,
} from "../src/index";

// Whole numbers and fractions without a pattern, by Weyl's sequence.
const small = ndarray(
  Float64Array.from({ length: 9 * 13 }, (_, i) => Math.floor(256 * ((i * Math.SQRT2) % 1))),
  [9, 13],
);

/** The image as it goes on beyond its edge, mirrored again and again; `seam` pixels at each turn are there once. */
function continued(image: NdArray, [height, width]: readonly number[], seam: 0 | 1): NdArray {
  const turn = (index: number, length: number) => {
    const within = index % (2 * (length - seam));
    return within < length ? within : 2 * (length - seam) - 1 + seam - within;
  };
  const { data } = image.astype("float64");
  const values = Float64Array.from(
    { length: height * width },
    (_, i) => data[13 * turn(Math.floor(i / width), 9) + turn(i % width, 13)],
  );
  return ndarray(values, [height, width]);
}

type Filter = (image: NdArray) => NdArray;
const filters: readonly (readonly [name: string, seam: 0 | 1, filter: Filter])[] = [
  [
    "gaussian() of sigma 2",
    0,
    (image) => gaussian(image, { sigma: 2, mode: "reflect", preserveRange: true }),
  ],
  [
    "gaussian() of sigma 9",
    0,
    (image) => gaussian(image, { sigma: 9, mode: "reflect", preserveRange: true }),
  ],
  ["gaussian() of sigma 15", 0, (image) => gaussian(image, { sigma: 15, mode: "reflect" })],
  ["gaussian() along one axis", 1, (image) => gaussian(image, { sigma: [0, 3], mode: "mirror" })],
  ["sobel()", 0, (image) => sobel(image.astype("uint8"))],
  ["thresholdLocal() of means", 0, (image) => thresholdLocal(image, { blockSize: 35, method: "mean" })],
  ["thresholdSauvola()", 1, (image) => thresholdSauvola(image, { windowSize: [25, 11] })],
  ["thresholdNiblack()", 1, (image) => thresholdNiblack(image.astype("uint16"), { windowSize: [3, 63] })],
  ["dilation() of uint16", 0, (image) => dilation(image.astype("uint16"), disk(5))],
  ["erosion() of float32", 0, (image) => erosion(image.astype("float32"), disk(3))],
  ["dilation() by a box", 0, (image) => dilation(image, footprintRectangle([7, 31]))],
];

/** The largest difference of values. */
const difference = (one: NdArray, other: NdArray): number => {
  const [a, b] = [one.astype("float64").data, other.astype("float64").data];
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
};

// Small images, which are compared with scikit-image's results, fit into a strip; these don't.
describe("an image that is continued as its edge is", () => {
  test.each(filters)("%s gives what it gives the image, continued", (_, seam, filter) => {
    for (const shape of [
      [9, 9000],
      [300, 500],
    ]) {
      // Tall and wide ones end where the image turns.
      const ends = shape.map((length, axis) => {
        const turn = [9, 13][axis] - seam;
        return turn * Math.floor(length / turn) + seam;
      });
      const found = filter(continued(small, ends, seam));
      expect(difference(found, continued(filter(small), ends, seam))).toBeLessThan(1e-9);
    }
  });
});

import { NdArray } from "@bioengine/ndarray";
import { labelImage } from "./labelimage";

/** How `labelToRgb` paints. */
export interface LabelToRgbOptions {
  /** Grey image `[y, x]` to paint on, stretched from its minimum to its maximum. Default: black. */
  image?: NdArray;
  /** Opacity of the labels on the image, 0 to 1. Default 0.3. */
  alpha?: number;
}

// scikit-image's colour cycle, 0 to 1: red, blue, yellow, magenta, green, indigo, dark orange, cyan, pink, yellow green.
const colours = [
  [1, 0, 0],
  [0, 0, 1],
  [1, 1, 0],
  [1, 0, 1],
  [0, 0.502, 0],
  [0.294, 0, 0.51],
  [1, 0.549, 0],
  [0, 1, 1],
  [1, 0.753, 0.796],
  [0.604, 0.804, 0.196],
];

/**
 * Paint labels in colours that repeat every ten (scikit-image's `label2rgb`, with its colours, as bytes).
 *
 * @param labels `[y, x]` integers, 0 = background; not modified
 * @returns uint8 `[y, x, 3]`
 * @throws {TypeError} if the labels are no integers
 * @throws {RangeError} if the shapes differ, or alpha is out of range
 * @example
 * await imwrite("overlay.png", labelToRgb(mask, { image: image }));
 */
export function labelToRgb(labels: NdArray, options: LabelToRgbOptions = {}): NdArray<"uint8"> {
  const { image, alpha = image ? 0.3 : 1 } = options;
  const { data, ndim, height, width } = labelImage(labels, "colour labels");
  if (ndim !== 2 || (image && image.shape.join() !== labels.shape.join())) {
    throw new RangeError(
      `Cannot colour labels: labels and image must have the same axes [y, x], got [${labels.shape.join(", ")}] and [${(image?.shape ?? []).join(", ")}]`,
    );
  }
  if (!(alpha >= 0 && alpha <= 1))
    throw new RangeError(`Cannot colour labels: alpha must be from 0 to 1, got ${alpha}`);
  const gray = image?.astype("float64").data;
  const low = image ? image.min() : 0;
  const range = image ? image.max() - low : 0;
  const ranks = new Map(
    [...new Set(Array.from(data))]
      .filter((label) => label !== 0)
      .sort((a, b) => a - b)
      .map((label, rank) => [label, rank]),
  );
  const rgb = new Uint8Array(height * width * 3);
  for (let pixel = 0; pixel < height * width; pixel++) {
    const rank = ranks.get(data[pixel]);
    const base = gray && range > 0 ? (gray[pixel] - low) / range : 0;
    for (let channel = 0; channel < 3; channel++) {
      const colour = rank === undefined ? 0 : colours[rank % colours.length][channel];
      rgb[3 * pixel + channel] = Math.round(255 * (colour * alpha + base * (1 - alpha)));
    }
  }
  return new NdArray({ dtype: "uint8", shape: [height, width, 3], buffer: rgb });
}

import { checkOptions, NdArray } from "@bioengine/ndarray";
import { labelImage } from "./labelimage";
import { rankLabels } from "./ranks";
import { labelRuns, RUN } from "./runs";

/** How `labelToRgb` paints. */
export interface LabelToRgbOptions {
  /**
   * Image to paint on, `[y, x]` or `[y, x, 3]` (its brightest channel is taken, as scikit-image does), stretched from
   * its least to its largest value. Default: black.
   */
  image?: NdArray;
  /** Opacity of the labels on the image, 0 to 1. Default 0.3; without an image they are opaque. */
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

const action = "colour labels";

/** Brightness of each pixel from 0 to 1; NaN and a flat image are 0. */
function brightness(image: NdArray, size: number): Float32Array {
  const { data } = image;
  const channels = image.ndim === 3 ? 3 : 1;
  const gray = new Float32Array(size);
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let pixel = 0; pixel < size; pixel++) {
    let value = Number(data[pixel * channels]);
    for (let channel = 1; channel < channels; channel++) {
      value = Math.max(value, Number(data[pixel * channels + channel]));
    }
    gray[pixel] = value;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const range = high - low;
  for (let pixel = 0; pixel < size; pixel++) {
    const value = (gray[pixel] - low) / range;
    gray[pixel] = value >= 0 ? value : 0;
  }
  return gray;
}

/**
 * Paint labels in colours that repeat every ten (scikit-image's `label2rgb` with `bg_label=0`, its colours as bytes).
 * Unlike there an image is stretched to its own range, as 16-bit microscopy images are black otherwise.
 *
 * @param labels `[y, x]` integers, values below 1 are background; not modified
 * @returns uint8 `[y, x, 3]`
 * @throws {TypeError} if the labels are no integers
 * @throws {RangeError} if the shapes differ, or alpha is out of range
 * @example
 * await imwrite("overlay.png", labelToRgb(mask, { image: image }));
 */
export function labelToRgb(labels: NdArray, options: LabelToRgbOptions = {}): NdArray<"uint8"> {
  checkOptions({ name: "labelToRgb", action, options: ["image", "alpha"] }, options);
  const { image, alpha = 0.3 } = options;
  const checked = labelImage(labels, action);
  const { height, width } = checked;
  const isGray = !image || image.shape.join() === labels.shape.join();
  if (checked.ndim !== 2 || !(isGray || image.shape.join() === [height, width, 3].join())) {
    const fix = checked.depth === 1 && checked.ndim === 3 ? "; use mask.at(0)" : "";
    throw new RangeError(
      `Cannot ${action}: the labels must be [y, x] and the image [y, x] or [y, x, 3], got [${labels.shape.join(", ")}] and [${(image?.shape ?? []).join(", ")}]${fix}`,
    );
  }
  if (!(alpha >= 0 && alpha <= 1)) {
    throw new RangeError(`Cannot ${action}: alpha must be from 0 to 1, got ${alpha}`);
  }
  const runs = labelRuns(checked, action);
  const { ranks } = rankLabels(runs);
  const rgb = new Uint8Array(height * width * 3);
  const gray = image ? brightness(image, height * width) : undefined;
  const share = gray ? alpha : 1;
  if (gray) {
    for (let pixel = 0; pixel < gray.length; pixel++) {
      gray[pixel] *= 255 * (1 - alpha);
      // Truncated half a step up is rounded.
      const value = gray[pixel] + 0.5;
      rgb[3 * pixel] = rgb[3 * pixel + 1] = rgb[3 * pixel + 2] = value;
    }
  }
  for (let row = 0; row < height; row++) {
    for (let at = runs.rowStart[row] * RUN; at < runs.rowStart[row + 1] * RUN; at += RUN) {
      if (runs.table[at] <= 0) continue;
      const colour = colours[ranks[at / RUN] % colours.length];
      const [red, green, blue] = colour.map((part) => 255 * share * part + 0.5);
      const end = row * width + runs.table[at + 2];
      for (let pixel = row * width + runs.table[at + 1]; pixel < end; pixel++) {
        const base = gray ? gray[pixel] : 0;
        rgb[3 * pixel] = base + red;
        rgb[3 * pixel + 1] = base + green;
        rgb[3 * pixel + 2] = base + blue;
      }
    }
  }
  return new NdArray({ dtype: "uint8", shape: [height, width, 3], buffer: rgb });
}

import { type Dimension, type NdArray, sizeOf } from "@bioengine/ndarray";
import { knownSize, micrometres } from "../unit";

/** What ImageJ says of a stack: the axes before Y and X that are longer than 1, and its calibration. */
export interface ImagejStack {
  readonly shape: readonly number[];
  readonly dimensions: readonly Dimension[];
  /** Number of planes. */
  readonly images: number;
  /** µm of the unit that the resolution is in; undefined if it is not calibrated. */
  readonly unit: number | undefined;
  readonly role: "labels" | undefined;
}

/** Whether a page's description is ImageJ's. */
export const isImagej = (description: string): boolean => description.startsWith("ImageJ=");

/**
 * Read ImageJ's description (`ij.io.FileInfo`): lines `name=value`.
 *
 * @param samples values of a pixel; with more than one, the channels are those
 * @throws {Error} if the axes' lengths don't give the number of images
 */
export function readImagej(description: string, samples: number): ImagejStack {
  const values = new Map(
    description.split(/\r?\n|\0/).map((line) => {
      const [name, ...rest] = line.split("=");
      return [name, rest.join("=")] as const;
    }),
  );
  const count = (name: string) => {
    const value = Number(values.get(name) || 1);
    if (!Number.isInteger(value) || value < 1)
      throw new Error(`its ${name} must be a whole number, got ${value}`);
    return value;
  };
  const unit = micrometres(values.get("unit") ?? "");
  // ImageJ leaves out a depth of 1.
  const depth = unit === undefined ? undefined : knownSize(Number(values.get("spacing") ?? 1) * unit);
  const images = count("images");
  const channels = samples > 1 && count("channels") === samples ? 1 : count("channels");
  const lengths = [count("frames"), count("slices"), channels];
  const isComplete = sizeOf(lengths) === images;
  if (!isComplete && lengths.some((length) => length > 1)) {
    throw new Error(`its ${lengths.join(" × ")} frames, slices and channels must be ${images} images`);
  }
  const axes = isComplete ? [{ name: "T" }, { name: "Z", spacing: depth }, { name: "C" }] : [{ name: "I" }];
  const all = isComplete ? lengths : [images];
  const kept = all.map((_, axis) => axis).filter((axis) => all[axis] > 1);
  const role = values.get("role") === "labels" ? "labels" : undefined;
  const dimensions = kept.map((axis) => axes[axis]);
  return { shape: kept.map((axis) => all[axis]), dimensions, images, unit, role };
}

const names = [
  ["T", "frames"],
  ["Z", "slices"],
  ["C", "channels"],
] as const;

/**
 * ImageJ's description of an array whose planes are the file's pages: its axes, that sizes are in µm, and that
 * the values are labels, which ImageJ passes over.
 *
 * @param outer number of axes before Y and X
 * @returns undefined if the array knows neither axes that ImageJ has nor a pixel size, and is no labels
 */
export function encodeImagej(array: NdArray, outer: number): string | undefined {
  const { dimensions = [], shape, role } = array;
  const plane = dimensions.slice(outer, outer + 2).map(({ spacing }) => spacing);
  const isCalibrated = plane.length === 2 && !plane.includes(undefined);
  const depth = dimensions.find(({ name }) => name === "Z")?.spacing;
  // ImageJ takes a depth that isn't told for 1.
  const isKnown = ({ name }: Dimension) => name !== "Z" || depth !== undefined || !isCalibrated;
  const stack = dimensions.slice(0, outer).flatMap((dimension, axis) => {
    const [, name] = names.find(([letter]) => letter === dimension.name && isKnown(dimension)) ?? [];
    return name === undefined ? [] : [[name, shape[axis]] as const];
  });
  if (!isCalibrated && stack.length === 0 && role === undefined) return undefined;
  const lines = [
    ["ImageJ", "1.54f"],
    ["images", shape.slice(0, outer).reduce((count, length) => count * length, 1)],
    ...stack,
    ...(stack.some(([name]) => name !== "slices") ? [["hyperstack", "true"]] : []),
    ["mode", "grayscale"],
    ...(isCalibrated ? [["unit", "micron"]] : []),
    ...(isCalibrated && depth !== undefined ? [["spacing", depth]] : []),
    ...(role === undefined ? [] : [["role", role]]),
  ];
  return `${lines.map(([name, value]) => `${name}=${value}`).join("\n")}\n`;
}

import { deflateSync } from "node:zlib";
import { encodeLabels, MASK_MIME, MAX_PIXELS, type MaskPayload, type MimeBundle } from "@bioengine/mime";
import { checkOptions, type NdArray, type Table } from "@bioengine/ndarray";
import { displayImage, staticMetadata, staticPng, staticSize, viewerEdge } from "../image/displayimage";
import { toPicture } from "../image/image";
import { resizeLabels, type Size, scalePlanes } from "../image/picture";
import { checkImage, type Labels, labelsId, readLabels } from "../labels";
import { linkedDiameter, linkedImage } from "../link";
import { compareLabels } from "./comparison";
import { maskContrast } from "./maskcontrast";
import { type MaskFacts, maskDigest } from "./maskdigest";
import { type MaskLayers, maskDrawing } from "./maskdrawing";
import { readMeasurement } from "./maskmeasurement";
import { readReference } from "./reference";

/** How a mask is shown. */
export interface MaskOptions {
  /** The image under the mask, `[y, x]` or `[y, x, c]` of the mask's size, a stack `[z, …]`; default: the one linked. */
  image?: NdArray;
  /** A line above the digest, and the viewer's heading. */
  title?: string;
  /** Opacity of the tint inside objects, 0 to 1; default 0.3 over an image (0.6 by `colorBy`), 0.75 without. */
  alpha?: number;
  /** Whether to draw the outlines of objects; default true. */
  contours?: boolean;
  /** Another mask of the same shape, such as the true objects: colours tell what matches and what is wrong. */
  compare?: NdArray;
  /**
   * What colours stand for: a measurement by its name in `regionpropsTable`, such as `"area"`, or a table of labels and
   * numbers, such as `table.select(["label", "area"])`; default: each label has a colour of its own.
   */
  colorBy?: string | Table;
  /** Size of a pixel `[y, x]` in µm, for the viewer's scale and the areas; default: what mask or image knows. */
  spacing?: readonly [number, number];
}

const optionNames = ["image", "title", "alpha", "contours", "compare", "colorBy", "spacing"];

/** base64 characters of labels that an output may hold. Level 6 of deflate takes half of what level 1 does. */
const labelCharacters = 1_800_000;

/**
 * Make the notebook output of a label mask: the interactive viewer's payload, a static picture, and a digest in
 * words with counts, areas and warnings.
 *
 * A mask `[z, y, x]`, or `[t, y, x]` by its axes, is a stack to leaf through; its static picture is the middle plane.
 *
 * The image is stretched between its 1 and 99.8 percent quantiles, channel by channel. A mask whose labels take more
 * than 1.8 MB is sent to the viewer at half the size, a quarter, and so on; the digest is always of the whole mask.
 *
 * @param mask `[y, x]` or `[z, y, x]` integers, 0 = background; not modified, nothing shared with the bundle
 * @param options.compare colours tell matches (green), objects too many (orange), missed (pink), merged (yellow) and
 *   split (blue); the outlines are the other mask's
 * @param options.colorBy colours tell a measurement, from low (violet) to high (yellow); the viewer starts with it, the
 *   picture has a colour bar below, and objects without a number are grey
 * @returns `MASK_MIME`, `image/png` (base64, at most 1024 pixels long) and `text/plain`
 * @throws {TypeError} if the mask or image is of the wrong kind, or an option does not exist
 * @throws {RangeError} if the mask has other axes, labels are negative, the image has another size, or there is no such
 *   measurement
 * @example
 * const bundle = maskBundle(label(image.greater(120)), { image: image, title: "Nuclei" });
 */
export function maskBundle(mask: NdArray, options: MaskOptions = {}): MimeBundle {
  checkMaskOptions(options);
  const { compare } = options;
  if (isOnePlane(mask)) {
    const isOne = compare && isOnePlane(compare);
    return maskBundle(mask.at(0), isOne ? { ...options, compare: compare.at(0) } : options);
  }
  const labels = readLabels(mask);
  const image = options.image ?? linkedImage(mask);
  if (image !== undefined) checkImage(image, labels);
  const picture = image && toPicture(image, viewerEdge, labels.planes > 1);
  const comparison = compare && compareLabels(mask, compare, labels, readReference(compare));
  const { title, colorBy } = options;
  const spacing = options.spacing ?? pixelSize(mask) ?? (image && pixelSize(image));
  const measurement =
    colorBy === undefined
      ? undefined
      : readMeasurement(colorBy, mask, labels, { image, spacing: options.spacing });
  const facts = { title, comparison: comparison?.text, measurement: measurement?.text, spacing };
  const digest = digestOf(mask, labels, facts, image);
  const layers = { picture, comparison, measurement };
  const png = staticPng(staticSize(labels), maskDrawing(labels, layers, options));
  return {
    data: {
      [MASK_MIME]: maskPayload(labels, isFilm(mask) ? "t" : "z", { ...layers, digest }, { title, spacing }),
      "image/png": png.data,
      "text/plain": digest,
    },
    metadata: staticMetadata(png, digest),
  };
}

/** A mask in words, with what its image and its model tell. */
function digestOf(mask: NdArray, labels: Labels, facts: MaskFacts, image: NdArray | undefined): string {
  return maskDigest(labels, `[${mask.shape.join(", ")}] ${mask.dtype}`, {
    ...facts,
    contrast: image && maskContrast(labels, image),
    diameter: linkedDiameter(mask),
    depth: planeDistance(mask) ?? (image && planeDistance(image)),
    isFilm: isFilm(mask),
  });
}

/**
 * What `maskBundle` says of a mask in words, without its pictures.
 *
 * @throws {TypeError | RangeError} as `maskBundle` does
 * @example
 * maskText(results.mask); // "Mask [512, 512] uint16: 119 objects …"
 */
export function maskText(mask: NdArray): string {
  if (isOnePlane(mask)) return maskText(mask.at(0));
  const image = linkedImage(mask);
  return digestOf(mask, readLabels(mask), { spacing: pixelSize(mask) ?? (image && pixelSize(image)) }, image);
}

function isOnePlane(mask: NdArray): boolean {
  return mask?.ndim === 3 && mask.shape[0] === 1;
}

const isFilm = ({ axes }: NdArray): boolean => axes?.startsWith("T") === true;

/** From one plane of a volume to the next in µm, if the array knows it. */
const planeDistance = ({ axes, spacing }: NdArray): number | undefined =>
  axes?.includes("ZYX") ? spacing?.[0] : undefined;

/** Size of a pixel `[y, x]` in µm, if the array knows it. */
function pixelSize({ axes, ndim, spacing }: NdArray): readonly [number, number] | undefined {
  const [y, x] = spacing?.slice(-2) ?? [];
  return (axes?.includes("YX") ?? ndim === 2) && y !== undefined && x !== undefined ? [y, x] : undefined;
}

function checkMaskOptions(options: MaskOptions): void {
  checkOptions({ action: "show mask", options: optionNames }, options);
  const { alpha, spacing, title, contours, compare, colorBy } = options;
  if (alpha !== undefined && !(alpha >= 0 && alpha <= 1)) {
    throw new RangeError(`Cannot show mask: alpha must be from 0 to 1, got ${alpha}`);
  }
  if (title !== undefined && typeof title !== "string") {
    throw new TypeError(`Cannot show mask: title must be a string, got ${String(title)}`);
  }
  if (contours !== undefined && typeof contours !== "boolean") {
    throw new TypeError(`Cannot show mask: contours must be true or false, got ${String(contours)}`);
  }
  if (compare !== undefined && colorBy !== undefined) {
    throw new TypeError(
      "Cannot show mask: colours must stand for one thing, got both compare and colorBy: leave one out",
    );
  }
  if (
    spacing !== undefined &&
    !(spacing.length === 2 && spacing.every((step) => step > 0 && step < Infinity))
  ) {
    throw new RangeError(
      `Cannot show mask: spacing must be two positive numbers such as [0.65, 0.65], got ${JSON.stringify(spacing)}`,
    );
  }
}

function maskPayload(
  labels: Labels,
  axis: "z" | "t",
  { picture, comparison, measurement, digest }: MaskLayers & { digest: string },
  { title, spacing }: MaskFacts,
): MaskPayload {
  const { planes } = labels;
  const all = comparison ? [labels, comparison.reference] : [labels];
  const {
    size,
    encoded: [encoded, other],
  } = encodeWithin(all);
  const payload: MaskPayload = {
    version: 1,
    id: labelsId(labels),
    ...size,
    count: labels.areas.size,
    maxLabel: labels.maxLabel,
    labels: encoded!,
    digest,
  };
  if (planes > 1) payload.stack = { axis, planes };
  if (picture) payload.image = displayImage(picture, planes);
  if (comparison && other) {
    const { mask, expected, reference } = comparison;
    payload.comparison = { labels: other, maxLabel: reference.maxLabel, mask, expected };
  }
  if (measurement) payload.measurement = measurement.payload;
  if (title !== undefined) payload.title = title;
  if (spacing !== undefined) {
    payload.spacing = [(spacing[0] * labels.height) / size.height, (spacing[1] * labels.width) / size.width];
    payload.unit = "µm";
  }
  return payload;
}

/** Labels of one shape in the largest size in which all fit; the size is a plane's. */
function encodeWithin(all: readonly Labels[]): { size: Size; encoded: MaskPayload["labels"][] } {
  const { width, height, planes } = all[0]!;
  const whole: Size = { width, height: height * planes };
  for (let factor = 1; ; factor /= 2) {
    const size = scalePlanes(whole, planes, factor);
    if (size.width * size.height > MAX_PIXELS) continue;
    const encoded = all.map(({ values }) =>
      encodeLabels(
        factor === 1 ? values : resizeLabels(values, whole, size),
        size.width,
        size.height,
        (bytes) => deflateSync(bytes),
      ),
    );
    const characters = encoded.reduce((sum, { data }) => sum + data.length, 0);
    if (characters <= labelCharacters || size.width * size.height <= planes)
      return { size: { width: size.width, height: size.height / planes }, encoded };
  }
}

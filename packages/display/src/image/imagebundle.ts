import type { MimeBundle } from "@bioengine/mime";
import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { labelsAdvice } from "../labelsadvice";
import { escapeMarkup } from "../markup";
import { textStyle } from "../progresstrack";
import { staticMetadata, staticPng, staticSize, viewerEdge } from "./displayimage";
import { imageLayout, toPicture } from "./image";
import { imageDigest } from "./imagedigest";
import { resizePicture, type Size } from "./picture";

/** How an image is shown. */
export interface ImageOptions {
  /** A line above the digest. */
  title?: string;
}

/**
 * Make the notebook output of an image: a static picture and a digest in words with values and percentiles.
 *
 * @param image `[y, x]`, or `[y, x, c]` with 1 to 4 channels: 2 show as green and magenta, 3 as RGB, a fourth is
 *   taken for alpha and not shown; any dtype; not modified
 * @returns `image/png` (base64, at most 1024 pixels long; small images are enlarged) and `text/plain`; of what looks
 *   like labels also `text/html`, the picture with how to show them as a mask
 * @throws {TypeError} if it is no NdArray, or an option does not exist
 * @throws {RangeError} if it has other axes; the message shows the conversion
 * @example
 * const bundle = imageBundle(await imread("nuclei.tif"), { title: "Nuclei" });
 */
export function imageBundle(image: NdArray, options: ImageOptions = {}): MimeBundle {
  checkOptions({ action: "show image", options: ["title"] }, options);
  if (options.title !== undefined && typeof options.title !== "string") {
    throw new TypeError(`Cannot show image: title must be a string, got ${String(options.title)}`);
  }
  const layout = imageLayout(image, "show image");
  return drawnBundle(image, layout, imageDigest(image, options.title), labelsAdvice(image));
}

/**
 * The output of a plane of an array: its picture and its digest, with a line that says which plane it is.
 *
 * @param plane what `imageBundle` takes
 * @param caption such as `NdArray [24, 96, 128] uint8, shown is .at(12)`
 */
export const planeBundle = (plane: NdArray, caption: string): MimeBundle =>
  drawnBundle(plane, imageLayout(plane, "show image"), `${caption}:\n${imageDigest(plane)}`, caption);

function drawnBundle(image: NdArray, layout: Size, digest: string, caption: string | undefined): MimeBundle {
  const picture = toPicture(image, viewerEdge);
  const png = staticPng(staticSize(layout), (size) => resizePicture(picture, size));
  const data = { "image/png": png.data, "text/plain": digest };
  const metadata = staticMetadata(png, digest);
  if (!caption) return { data, metadata };
  // Front ends that show a picture don't show its text.
  const source = `data:image/png;base64,${png.data}`;
  const html = [
    `<img src="${source}" width="${png.width}" height="${png.height}" style="max-width: 100%; height: auto"`,
    ` alt="${escapeMarkup(digest)}"><div style="${textStyle}">${escapeMarkup(caption)}</div>`,
  ].join("");
  return { data: { "text/html": html, ...data }, metadata };
}

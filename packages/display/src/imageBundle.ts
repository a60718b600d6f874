import type { MimeBundle } from "@bioengine/mime";
import type { NdArray } from "@bioengine/ndarray";
import { staticMetadata, staticPng, staticSize, viewerEdge } from "./displayImage";
import { imageLayout, toPicture } from "./image";
import { imageDigest } from "./imageDigest";
import { checkOptionNames } from "./option";
import { resizePicture } from "./picture";

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
 * @returns `image/png` (base64, at most 1024 pixels long; small images are enlarged) and `text/plain`
 * @throws {TypeError} if it is no NdArray, or an option does not exist
 * @throws {RangeError} if it has other axes; the message shows the conversion
 * @example
 * const bundle = imageBundle(await imread("nuclei.tif"), { title: "Nuclei" });
 */
export function imageBundle(image: NdArray, options: ImageOptions = {}): MimeBundle {
  checkOptionNames("show image", options, ["title"]);
  if (options.title !== undefined && typeof options.title !== "string") {
    throw new TypeError(`Cannot show image: title must be a string, got ${String(options.title)}`);
  }
  const layout = imageLayout(image, "show image");
  const picture = toPicture(image, viewerEdge);
  const png = staticPng(staticSize(layout), (size) => resizePicture(picture, size));
  const digest = imageDigest(image, options.title);
  return { data: { "image/png": png.data, "text/plain": digest }, metadata: staticMetadata(png, digest) };
}

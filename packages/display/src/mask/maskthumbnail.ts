import type { DisplayImage } from "@bioengine/mime";
import type { NdArray } from "@bioengine/ndarray";
import { asDisplayImage, encodeJpeg } from "../image/displayimage";
import { toPicture } from "../image/image";
import { type Picture, type Size, sizeWithin } from "../image/picture";
import { encodePng } from "../image/png";
import { checkImage, readLabels } from "../labels";
import { maskDrawing } from "./maskdrawing";

/** The longest side of a thumbnail in pixels. */
const longest = 512;
/** What an answer of a tool can hold beside its text: base64 makes 67 kB of it. */
const mostBytes = 50_000;

/**
 * Draw a mask over its image as one small picture, for readers who pay for each byte, such as code models.
 *
 * @param mask `[y, x]` or `[z, y, x]` integers, 0 = background; of a stack the middle plane is drawn
 * @param image what was segmented, of the mask's size; not modified
 * @returns a PNG or JPEG of at most 512 × 512 pixels and 50 kB
 * @throws {TypeError | RangeError} if the mask or the image has the wrong dtype or axes
 * @example
 * const { mimeType, data } = maskThumbnail(mask, image);
 */
export function maskThumbnail(mask: NdArray, image: NdArray): DisplayImage {
  const labels = readLabels(mask, "draw mask");
  checkImage(image, labels);
  const middle = labels.planes >> 1;
  if (mask.ndim === 3) return maskThumbnail(mask.at(middle), image.at(middle));
  const draw = maskDrawing(labels, { picture: toPicture(image, longest) }, {});
  const size = { width: labels.width, height: labels.height };
  return within(Math.max(size.width, size.height) > longest ? sizeWithin(size, longest) : size, draw);
}

function within(size: Size, draw: (size: Size) => Picture): DisplayImage {
  const picture = draw(size);
  const png = encodePng(picture);
  if (png.length <= mostBytes) return asDisplayImage("image/png", png, size);
  const jpeg = encodeJpeg(picture);
  if (jpeg.length <= mostBytes) return asDisplayImage("image/jpeg", jpeg, size);
  const factor = Math.min(0.9, Math.sqrt(mostBytes / jpeg.length));
  return within(sizeWithin(size, Math.floor(Math.max(size.width, size.height) * factor)), draw);
}

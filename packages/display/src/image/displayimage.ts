import type { DisplayImage } from "@bioengine/mime";
import { type Picture, resizePicture, type Size, scalePlanes, sizeWithin } from "./picture";
import { encodePng } from "./png";

/** The longest side of the picture that the viewer gets. */
export const viewerEdge = 2048;
/** The longest side of the static picture for every other front end. */
const staticEdge = 1024;
/** Up to here, pixels are sent without loss: 512² grey. */
const losslessBytes = 512 * 512;
/** With 2,000 labels of 2048², whose text takes 0.3 MB, a viewer's data is 1 MB at most. */
const viewerBytes = 540_000;
/** With the most that a viewer gets, an output is 5 MB at most. */
const staticBytes = 1_250_000;
/** A static picture above this is noisy, and then fewer brightness levels cannot be told from all of them. */
const noisyBytes = 600_000;
const jpegQuality = 80;

/**
 * The picture that a viewer draws under a mask: PNG while it is small, else JPEG.
 *
 * @param planes how many planes lie one below the other in the picture
 *
 * JPEG rather than WebP: at equal quality WebP was 5 percent larger on noisy images of 2048² and took 660 ms, not 57.
 */
export function displayImage(picture: Picture, planes = 1): DisplayImage {
  if (picture.pixels.length <= losslessBytes) return asDisplayImage("image/png", encodePng(picture), picture);
  const jpeg = encodeJpeg(picture);
  if (jpeg.length <= viewerBytes) return asDisplayImage("image/jpeg", jpeg, picture);
  const factor = Math.min(0.9, Math.sqrt(viewerBytes / jpeg.length));
  return displayImage(resizePicture(picture, scalePlanes(picture, planes, factor)), planes);
}

/**
 * What `draw` draws as base64 PNG with its size in pixels, made coarser and smaller until it keeps to the budget. It
 * may add a legend to the size that it is given.
 */
export function staticPng(largest: Size, draw: (size: Size) => Picture): Size & { data: string } {
  let size = largest;
  for (let noisy = false; ; ) {
    const picture = draw(size);
    let png = encodePng(noisy ? coarser(picture) : picture);
    if (!noisy && png.length > noisyBytes) {
      noisy = true;
      png = encodePng(coarser(picture));
    }
    if (png.length <= staticBytes) return { width: picture.width, height: picture.height, data: base64(png) };
    size = smaller(size, staticBytes / png.length);
  }
}

/** What front ends are told of the static picture: its size, and the digest's first lines for those who cannot see it. */
export function staticMetadata({ width, height }: Size, digest: string): Record<string, unknown> {
  return { "image/png": { width, height, alt: digest.split("\n").slice(0, 2).join(". ") } };
}

/** The size of the static picture: at most 1024 pixels; small ones are enlarged so that pixels can be seen. */
export function staticSize(size: Size): Size {
  const edge = Math.max(size.width, size.height);
  if (edge > staticEdge) return sizeWithin(size, staticEdge);
  const factor = Math.max(1, Math.round(staticEdge / 2 / edge));
  return { width: size.width * factor, height: size.height * factor };
}

/** The picture with 32 levels a channel, black and white kept: a third fewer bytes where there is noise. */
function coarser(picture: Picture): Picture {
  return { ...picture, pixels: picture.pixels.map((level) => (level & 0xf8) | (level >> 5)) };
}

function smaller(size: Size, share: number): Size {
  return sizeWithin(size, Math.floor(Math.max(size.width, size.height) * Math.min(0.9, Math.sqrt(share))));
}

/** A picture as JPEG. */
export function encodeJpeg({ width, height, channels, pixels }: Picture): Uint8Array {
  // Loading takes 140 ms, and small images do without.
  const { createCanvas } = require("canvas") as typeof import("canvas");
  const canvas = createCanvas(width, height);
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  const step = channels === 3 ? 1 : 0;
  for (let i = 0, at = 0; i < pixels.length; i += channels, at += 4) {
    image.data[at] = pixels[i]!;
    image.data[at + 1] = pixels[i + step]!;
    image.data[at + 2] = pixels[i + 2 * step]!;
    image.data[at + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return canvas.toBuffer("image/jpeg", jpegQuality);
}

/** Bytes of an image file as what a payload holds. */
export function asDisplayImage(
  mimeType: DisplayImage["mimeType"],
  bytes: Uint8Array,
  { width, height }: Size,
): DisplayImage {
  return { mimeType, data: base64(bytes), width, height };
}

/** Bytes as base64. */
export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

import { nameOf, withSource } from "./bytesource";
import { ImageFileError } from "./imagefileerror";
import type { Layer } from "./layer";
import { isNpy, npyLayers } from "./npy";
import { npzLayers } from "./npz";
import { fileError, type OpenedImage, openedImage } from "./openedimage";
import { rasterLayers } from "./raster";
import { isTiff } from "./tiff/directory";
import { tiffLayers } from "./tiff/layers";
import { isZip } from "./zip";

/** Bytes that tell the formats apart: NIfTI's name is at byte 344. */
const HEAD = 352;

const readHead = (source: string | Uint8Array): Promise<Uint8Array> =>
  withSource(source, ({ read, size }) => read(0, Math.min(HEAD, size)));

const readAll = (source: string | Uint8Array): Promise<Uint8Array> =>
  withSource(source, ({ read, size }) => read(0, size));

async function layersOf(source: string | Uint8Array): Promise<Layer[]> {
  const head = await readHead(source);
  if (isTiff(head)) return tiffLayers(source);
  if (isNpy(head)) return npyLayers(source);
  if (isZip(head)) return npzLayers(source);
  return rasterLayers(await readAll(source));
}

/**
 * Open an image file without reading its pixels, to read parts of it: for images that are larger than the memory.
 *
 * TIFF is read by the tile or strip.
 *
 * @param source path of the file, or its bytes
 * @throws {ImageFileError} if the file is missing, is no whole image, or is of a kind that can't be read exactly
 * @throws {TypeError} if `source` is neither a path nor bytes
 * @example
 * const slide = await openImage("slide.tif");
 * const part = await slide.read([2000, 2512], [4000, 4512]);
 */
export async function openImage(source: string | Uint8Array): Promise<OpenedImage> {
  if (typeof source !== "string" && !(source instanceof Uint8Array)) {
    throw new TypeError(`Cannot read the image: source must be a path or a Uint8Array, got ${typeof source}`);
  }
  const name = nameOf(source);
  if (/^https?:/.test(name)) {
    throw new ImageFileError(
      `Cannot read ${name}: a path or bytes are needed, got a URL; use imread(new Uint8Array(await (await fetch("${name}")).arrayBuffer()))`,
    );
  }
  try {
    return openedImage(name, await layersOf(source));
  } catch (cause) {
    throw fileError(name, cause);
  }
}

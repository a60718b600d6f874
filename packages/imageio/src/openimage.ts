import { constants } from "node:buffer";
import { readdir, stat } from "node:fs/promises";
import { totalmem } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { checkSource, nameOf, withSource } from "./bytesource";
import { foreignFormat } from "./foreignformat";
import { ImageFileError } from "./imagefileerror";
import type { Layer } from "./layer";
import { isNifti, niftiLayers } from "./nifti";
import { isNpy, npyLayers } from "./npy";
import { npzLayers } from "./npz";
import { fileError, type OpenedImage, openedImage } from "./openedimage";
import { rasterLayers } from "./raster";
import { reasonOf } from "./reason";
import { isTiff } from "./tiff/directory";
import { tiffLayers } from "./tiff/layers";
import { zarrLayers } from "./zarr";
import { isZarrUrl } from "./zarrstore";
import { isZip } from "./zip";

/** Bytes that tell the formats apart: NIfTI's name is at byte 344. */
const HEAD = 352;

const readHead = (source: string | Uint8Array): Promise<Uint8Array> =>
  withSource(source, ({ read, size }) => read(0, Math.min(HEAD, size)));

const readAll = (source: string | Uint8Array): Promise<Uint8Array> =>
  withSource(source, ({ read, size }) => read(0, size));

const imageFile = /\.(tiff?|png|jpe?g|webp|gif|np[yz]|nii(\.gz)?|zarr)$/i;

const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b;

const unzipped = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(gunzip);

/** Deflate gives at most 1032 bytes for one. */
const unpacked = (bytes: Uint8Array): Promise<Uint8Array> =>
  unzipped(bytes, {
    maxOutputLength: Math.min(bytes.length * 1040, totalmem(), constants.MAX_LENGTH),
  }).catch((cause) => {
    throw new Error(`its gzip data is damaged or not whole (${reasonOf(cause)})`, { cause });
  });

/** The names in a folder; undefined for what is none. */
async function namesIn(source: string | Uint8Array): Promise<string[] | undefined> {
  const isFolder = typeof source === "string" && (await stat(source).catch(() => undefined))?.isDirectory();
  return isFolder ? (await readdir(source)).sort() : undefined;
}

function checkZarr(folder: string, names: readonly string[]): void {
  if (names.some((name) => /^(zarr\.json|\.z(array|group|attrs))$/.test(name))) return;
  const images = names.filter((name) => imageFile.test(name));
  const [shown] = images;
  const advice =
    shown === undefined ? "" : `; read a file of it: imread(${JSON.stringify(join(folder, shown))})`;
  const some = (images.length > 0 ? images : names).slice(0, 5).join(", ");
  throw new ImageFileError(
    `Cannot read ${folder}: a folder must be a Zarr array or an OME-Zarr image, got one with ${some || "nothing in it"}${advice}`,
  );
}

async function layersOf(source: string | Uint8Array, { signal, page }: OpenImageOptions): Promise<Layer[]> {
  if (typeof source === "string" && isZarrUrl(source)) return zarrLayers(source, signal);
  const names = await namesIn(source);
  if (typeof source === "string" && names !== undefined) {
    checkZarr(source, names);
    return zarrLayers(source, signal);
  }
  const head = await readHead(source);
  if (head.length === 0) throw new ImageFileError(`Cannot read ${nameOf(source)}: it is empty`);
  if (isTiff(head)) return tiffLayers(source, page);
  if (page !== undefined && !isGzip(head)) {
    throw new ImageFileError(
      `Cannot read ${nameOf(source)}: only TIFF has pages, got page ${page}; leave it out`,
    );
  }
  if (isNpy(head)) return npyLayers(source);
  if (isZip(head)) return npzLayers(source);
  if (isNifti(head)) return niftiLayers(source);
  const bytes = await readAll(source);
  if (isGzip(head)) return layersOf(await unpacked(bytes), { page });
  const foreign = foreignFormat(head, typeof source === "string" ? source : undefined);
  if (foreign !== undefined) {
    throw new ImageFileError(
      `Cannot read ${nameOf(source)}: it must be a TIFF, PNG, JPEG, WebP, GIF, NPY, NPZ, NIfTI or OME-Zarr image, got ${foreign}`,
    );
  }
  return rasterLayers(bytes);
}

/** How an image is opened. */
export interface OpenImageOptions {
  /** Ends the requests to a server, also those of later parts. */
  signal?: AbortSignal;
  /** Which page of a TIFF file, from 0, to read by itself. Default: what its pages are together. */
  page?: number;
}

/**
 * Open an image file without reading its pixels, to read parts of it: for images that are larger than the memory.
 *
 * TIFF is read by the tile or strip, OME-Zarr by the chunk, NPY and NIfTI by the row; other formats as a whole. The file
 * is opened anew for each part, so that nothing is to be closed.
 *
 * @param source path of the file, its bytes, or for OME-Zarr the path of the folder or its address (http or https)
 * @param options.signal ends the requests to a server, also those of later parts
 * @param options.page which page of a TIFF file, from 0, to read by itself; default: what its pages are together
 * @throws {ImageFileError} if the file is missing, is no whole image, or is of a kind that can't be read exactly
 * @throws {TypeError} if `source` is neither a path nor bytes
 * @example
 * const slide = await openImage("slide.tif");
 * const part = await slide.read([2000, 2512], [4000, 4512]);
 */
export async function openImage(
  source: string | Uint8Array,
  options: OpenImageOptions = {},
): Promise<OpenedImage> {
  checkSource(source, "the image");
  const name = nameOf(source);
  if (/^https?:/.test(name) && !isZarrUrl(name)) {
    throw new ImageFileError(
      `Cannot read ${name}: a path or bytes are needed, got a URL; use imread(new Uint8Array(await (await fetch("${name}")).arrayBuffer()))`,
    );
  }
  try {
    return openedImage(name, await layersOf(source, options));
  } catch (cause) {
    throw fileError(name, cause);
  }
}

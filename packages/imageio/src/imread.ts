import { type ArrayMetadata, checkOptions, type NdArray } from "@bioengine/ndarray";
import { type OpenImageOptions, openImage } from "./openimage";

/** How an image is read. */
export interface ImreadOptions extends OpenImageOptions, ArrayMetadata {
  /** Which resolution of a pyramid, 0 = the full one (default). */
  level?: number;
}

/**
 * Read an image file with its exact pixel values.
 *
 * - TIFF, BigTIFF, OME-TIFF, ImageJ's TIFF: all integers up to 64 bits, bool (1 bit) and floats of 16, 32 and 64 bits;
 *   uncompressed or with deflate, LZW, zstd, PackBits, JPEG, WebP. Values are those of the file: no palette is applied,
 *   and white is not made 0.
 * - PNG, WebP, GIF: uint8 and uint16; 1 bit as 0 and 255, palettes as RGB.
 * - JPEG, also in TIFF: uint8; values may differ by decoder.
 * - OME-Zarr (0.4, 0.5) and Zarr arrays, in folders and on servers; NIfTI, also gzipped, as `[z, y, x]`; NPY, and NPZ of
 *   one array.
 *
 * The array's `axes` and `spacing` (µm) are those that OME-XML, ImageJ, NGFF, NIfTI or the resolution in the file say;
 * axes of length 1 are left out. Labels that `imwrite` put into TIFF, and those of OME-Zarr, have the role "labels". A
 * resolution coarser than 10 µm is taken for a printer's. Several pages are a stack; of different sizes, one is
 * read with `page`. An
 * alpha channel is the fourth. The names of channels: `(await openImage(path)).channels`. Colour profiles and EXIF orientation are not applied.
 *
 * @param source path of the file, its bytes, or for OME-Zarr the path of the folder or its address (http or https)
 * @param options.level which resolution of a pyramid, 0 = the full one (default)
 * @param options.page which page of a TIFF file, from 0, to read by itself; default: what its pages are together
 * @param options.role `"labels"` if the values number objects, and the file doesn't say so: it shows as a mask
 * @param options.axes a letter for each axis, if the file names none or others
 * @param options.spacing pixel size in µm along Z, Y and X, or one number for all, if the file has none or another
 * @param options.signal ends the requests to a server
 * @returns `[y, x]`, `[y, x, c]`, or with further axes before, e.g. `[t, c, z, y, x]`: see its `axes`
 * @throws {ImageFileError} if the file is missing, is no whole image, or is of a kind that can't be read exactly;
 *   the message names the file and says what to do
 * @throws {TypeError} if `source` is neither a path nor bytes, or an option is unknown
 * @throws {RangeError} if there is no such level, axes or spacing don't fit, or the image is larger than the memory
 * @example
 * const image = await imread("data/img2d.tif");
 * const mask = await imread("data/mask2d.tif", { role: "labels", spacing: 0.65 });
 */
export async function imread(source: string | Uint8Array, options: ImreadOptions = {}): Promise<NdArray> {
  checkOptions(
    {
      name: "imread",
      action: "read the image",
      options: ["level", "page", "role", "axes", "spacing", "signal"],
    },
    options,
  );
  const { level = 0, page, signal, role, axes, spacing } = options;
  const image = await openImage(source, {
    ...(signal && { signal }),
    ...(page !== undefined && { page }),
  });
  const chosen = image.levels[level];
  if (chosen === undefined) {
    const name = typeof source === "string" ? source : "the image";
    throw new RangeError(
      `Cannot read ${name}: level must be from 0 to ${image.levels.length - 1}, got ${level}`,
    );
  }
  return (await chosen.read()).withMetadata({ role, axes, spacing });
}

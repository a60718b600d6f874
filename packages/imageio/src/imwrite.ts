import { NdArray } from "@bioengine/ndarray";
import { extensionOf, extensions, type Format, formatOf } from "./extension";
import { encodeNpy } from "./npy";
import { encodeNpz } from "./npz";
import { numpyDTypes } from "./numpydtype";
import { omeZarrFiles } from "./omezarr";
import { encodeTiff, tiffDTypes } from "./tiff/encode";
import { encodeImagej } from "./tiff/imagej";
import { encodeOmeXml, omeAxes, omeDTypes } from "./tiff/ome";
import { checkPath, writeError, writeParts, writeZarr } from "./writefile";

const dtypes: Record<Format, readonly string[]> = {
  png: ["uint8", "uint16"],
  jpeg: ["uint8"],
  webp: ["uint8"],
  tiff: tiffDTypes,
  ome: omeDTypes,
  npy: numpyDTypes,
  npz: numpyDTypes,
  zarr: numpyDTypes.filter((dtype) => dtype !== "float16"),
};

/** What writes the values as they are: another format, or a dtype that has them all. */
function fixOf(array: NdArray, format: Format): string {
  const { dtype } = array;
  if (dtype === "bool") {
    return 'name the file .tif, which keeps true and false, or use array.astype("uint8").multiply(255)';
  }
  if (format === "jpeg" || format === "webp" || format === "png") {
    if (dtype.includes("float")) {
      const isUnit = array.min() >= 0 && array.max() <= 1;
      const unit = isUnit ? "array" : "rescaleIntensity(array, { outRange: [0, 1] })";
      return `name the file .tif, which keeps the values, or write imgAsUbyte(${unit})`;
    }
    const isPng = dtype === "uint16" || dtype === "uint8";
    return `name the file ${isPng ? ".tif or .png" : ".tif"}, which keeps the values`;
  }
  const kind = dtype.includes("float") ? "float" : dtype.startsWith("int") ? "int" : "uint";
  return `use array.astype("${kind}32")`;
}

/** Three or four channels at the end are colour, unless the axes say that they are columns. */
const isColour = ({ axes, ndim, shape }: NdArray): boolean =>
  axes === undefined ? ndim > 2 && (shape[ndim - 1] === 3 || shape[ndim - 1] === 4) : axes.endsWith("S");

function checkArray(path: string, array: unknown): void {
  if (array instanceof NdArray) return;
  throw new TypeError(
    `Cannot write ${path}: an NdArray is needed, got ${typeof array}; use ndarray(data, [height, width])`,
  );
}

function checkAxes(path: string, array: NdArray, format: Format): void {
  if (format === "npy" || format === "npz") return;
  // Four columns of a stack are no channels.
  const hasChannels = array.shape[2] <= 4 && (array.axes ?? "YX").startsWith("YX");
  const isPlane = array.ndim === 2 || (array.ndim === 3 && (hasChannels || format === "tiff"));
  if (array.size > 0 && (isPlane || ((format === "ome" || format === "zarr") && array.ndim > 1))) return;
  const stacks = format === "tiff" ? ", or [z, y, x]" : "";
  const isMany = array.ndim > 3 && format === "tiff";
  const plane = array.ndim > 2 ? "; write one plane: array.at(0)" : "";
  const fix = isMany ? "; name the file .ome.tif" : plane;
  throw new RangeError(
    `Cannot write ${path}: the axes must be [y, x] or [y, x, c] with 1 to 4 channels${stacks}, got shape [${array.shape.join(", ")}]${fix}`,
  );
}

function check(path: string, array: NdArray): Format {
  const format = formatOf(path);
  if (format === undefined) {
    throw new RangeError(
      `Cannot write ${path}: the name must end in ${extensions.slice(0, -1).join(", ")} or ${extensions.at(-1)}, got .${extensionOf(path)}`,
    );
  }
  if (!dtypes[format].includes(array.dtype)) {
    throw new TypeError(
      `Cannot write ${path}: the dtype must be ${dtypes[format].join(" or ")}, got ${array.dtype}; ${fixOf(array, format)}`,
    );
  }
  if (format === "jpeg" && array.role === "labels") {
    throw new TypeError(
      `Cannot write ${path}: a format that keeps the values is needed, got labels for JPEG; ${fixOf(array, format)}`,
    );
  }
  checkAxes(path, array, format);
  return format;
}

async function encodeWithSharp(array: NdArray, format: "png" | "jpeg" | "webp"): Promise<Uint8Array[]> {
  const { default: sharp } = await import("sharp");
  const [height = 0, width = 0, channels = 1] = array.shape;
  const { data } = array;
  const raw = { width, height, channels: channels as 1 | 2 | 3 | 4 };
  const wide = array.dtype === "uint16";
  // In its own colour space the pixels pass through unchanged.
  const space = channels < 3 ? (wide ? "grey16" : "b-w") : wide ? "rgb16" : "srgb";
  const image = sharp(data as Uint8Array, { raw, limitInputPixels: false })
    .pipelineColourspace(space)
    .toColourspace(space);
  if (format === "webp") return [await image.webp({ lossless: true, exact: true }).toBuffer()];
  return [await (format === "png" ? image.png() : image.jpeg({ quality: 95 })).toBuffer()];
}

/** The planes of an array in C order. */
function planesOf(array: NdArray, outer: number): NdArray[] {
  return outer === 0 ? [array] : [...array].flatMap((part) => planesOf(part, outer - 1));
}

function encodeOme(array: NdArray): Promise<Uint8Array[]> {
  const axes = omeAxes(array, isColour(array));
  return encodeTiff(planesOf(array, axes.outer.length), { description: encodeOmeXml(array, axes) });
}

function encode(array: NdArray, format: Exclude<Format, "zarr">): Promise<Uint8Array[]> | Uint8Array[] {
  if (format === "npy") return encodeNpy(array);
  if (format === "npz") return encodeNpz({ arr_0: array });
  if (format === "ome") return encodeOme(array);
  if (format !== "tiff") return encodeWithSharp(array, format);
  const outer = array.ndim - (isColour(array) ? 3 : 2);
  const planes = planesOf(array, outer);
  const { axes = "", spacing } = planes[0];
  return encodeTiff(planes, /^(YX|$)/.test(axes) ? { spacing, description: encodeImagej(array, outer) } : {});
}

/**
 * Write an image file with its exact pixel values (JPEG is lossy): the end of the name chooses the format.
 *
 * - `.ome.tif`: OME-TIFF, with up to five axes; keeps `axes` and `spacing`. Integers up to 32 bits, float32, float64,
 *   bool.
 * - `.tif`: integers up to 64 bits, floats and bool; keeps `axes` and `spacing` as ImageJ does.
 * - `.png`: uint8 and uint16; `.webp` (lossless, of which gray is read as three equal channels) and `.jpg`: uint8.
 * - `.zarr`: OME-Zarr (NGFF 0.4), a folder in chunks with smaller versions, with up to five axes in the order t, c, z,
 *   y, x; keeps `axes` and `spacing`. Any dtype but bfloat16 and float16; a mask is written as labels.
 * - `.npy`, `.npz`: numpy's, any dtype but bfloat16, and any number of axes; several arrays: `writeNpz`.
 *
 * TIFF is compressed with deflate, and BigTIFF if it is large; bool has one bit a pixel, not compressed, and is bool
 * again when read. Labels are labels again when read from TIFF and OME-Zarr; other formats don't store the role. A folder
 * that doesn't exist is made; a file that exists is replaced.
 *
 * @param path where to
 * @param array `[y, x]` or `[y, x, c]` with 1 to 4 channels; `.tif` also `[z, y, x]`, one page a plane, and `.ome.tif`
 *   up to `[t, c, z, y, x]` (a last axis of 3 or 4 is taken as channels, unless the array knows its axes)
 * @throws {TypeError} if it is no array, the format doesn't store the dtype, or labels would be written as JPEG; the
 *   message shows what does
 * @throws {RangeError} if the end of the name or the axes are others
 * @throws {ImageFileError} if the file can't be written
 * @example
 * await imwrite("mask.ome.tif", mask);
 */
export async function imwrite(path: string, array: NdArray): Promise<void> {
  checkPath(path, 'imwrite("mask.tif", mask)');
  checkArray(path, array);
  const format = check(path, array);
  try {
    if (format === "zarr") await writeZarr(path, omeZarrFiles(array, omeAxes(array, isColour(array))));
    else await writeParts(path, await encode(array, format));
  } catch (cause) {
    throw writeError(path, cause);
  }
}

/**
 * Write several arrays to one file, as `numpy.savez_compressed` does.
 *
 * @param path ending in .npz
 * @param arrays by name, of any dtype but bfloat16
 * @throws {RangeError} if the name ends otherwise, or the file would have 4 GB or more
 * @throws {TypeError} if a dtype is bfloat16, or there are no arrays by name
 * @throws {ImageFileError} if the file can't be written
 * @example
 * await writeNpz("nuclei.npz", { image, mask });
 */
export async function writeNpz(path: string, arrays: Readonly<Record<string, NdArray>>): Promise<void> {
  checkPath(path, 'writeNpz("nuclei.npz", { image, mask })');
  if (arrays instanceof NdArray || typeof arrays !== "object" || arrays === null) {
    const [got, fix] =
      arrays instanceof NdArray
        ? ["one", `imwrite("${path}", array)`]
        : [typeof arrays, `writeNpz("${path}", { image, mask })`];
    throw new TypeError(`Cannot write ${path}: arrays by name are needed, got ${got}; use ${fix}`);
  }
  if (formatOf(path) !== "npz") {
    throw new RangeError(`Cannot write ${path}: the name must end in .npz, got .${extensionOf(path)}`);
  }
  for (const array of Object.values(arrays)) {
    checkArray(path, array);
    check(path, array);
  }
  try {
    await writeParts(path, await encodeNpz(arrays));
  } catch (cause) {
    throw writeError(path, cause);
  }
}

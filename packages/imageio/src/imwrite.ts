import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { NdArray } from "@bioengine/ndarray";
import sharp from "sharp";
import { extensionOf, type Format, formatOf } from "./extension";
import { ImageFileError } from "./imagefileerror";
import { encodeTiff, tiffDTypes } from "./tiff";

const dtypes: Record<Format, readonly string[]> = {
  png: ["uint8", "uint16"],
  jpeg: ["uint8"],
  tiff: tiffDTypes,
};

/** The dtype that the corrected line converts to. */
const nearest = (dtype: string, format: Format): string => {
  if (dtype === "bool" || format === "jpeg") return "uint8";
  if (format === "tiff" && dtype.startsWith("float")) return "float32";
  return format === "tiff" && dtype.startsWith("int") ? "int32" : "uint16";
};

function check(path: string, array: NdArray): Format {
  const format = formatOf(path);
  if (format === undefined) {
    throw new RangeError(
      `Cannot write ${path}: the extension must be .png, .jpg, .jpeg, .tif or .tiff, got .${extensionOf(path)}`,
    );
  }
  if (!dtypes[format].includes(array.dtype)) {
    throw new TypeError(
      `Cannot write ${path}: the dtype must be ${dtypes[format].join(" or ")}, got ${array.dtype}; use array.astype("${nearest(array.dtype, format)}")`,
    );
  }
  const channels = array.ndim === 3 ? (array.shape[2] ?? 0) : 1;
  const stack = format === "tiff" && array.ndim === 3;
  if (array.ndim < 2 || array.ndim > 3 || (channels > 4 && !stack) || array.size === 0) {
    throw new RangeError(
      `Cannot write ${path}: the axes must be [y, x] or [y, x, c] with 1 to 4 channels${format === "tiff" ? ", or [z, y, x]" : ""}, got shape [${array.shape.join(", ")}]; write one plane: array.at(0)`,
    );
  }
  return format;
}

/** Three or four channels at the end are colour; any other third axis is a stack of planes. */
const isColour = (array: NdArray) => array.ndim === 3 && (array.shape[2] === 3 || array.shape[2] === 4);

function encodeWithSharp(array: NdArray, format: "png" | "jpeg"): Promise<Uint8Array> {
  const [height = 0, width = 0, channels = 1] = array.shape;
  const { data } = array;
  const raw = { width, height, channels: channels as 1 | 2 | 3 | 4 };
  const wide = array.dtype === "uint16";
  // In its own colour space the pixels pass through unchanged.
  const space = channels < 3 ? (wide ? "grey16" : "b-w") : wide ? "rgb16" : "srgb";
  const image = sharp(data as Uint8Array, { raw, limitInputPixels: false })
    .pipelineColourspace(space)
    .toColourspace(space);
  return (format === "png" ? image.png() : image.jpeg({ quality: 95 })).toBuffer();
}

/**
 * Write an image file with its exact pixel values (JPEG is lossy): the extension chooses the format.
 *
 * PNG takes uint8 and uint16, JPEG uint8, TIFF every integer up to 32 bits, float32 and float64 (deflate-compressed).
 * A folder that doesn't exist is made; a file that exists is replaced.
 *
 * @param path where to, ending in .png, .jpg, .jpeg, .tif or .tiff
 * @param array `[y, x]` or `[y, x, c]` with 1 to 4 channels; TIFF also `[z, y, x]`, one page a plane (a last axis of
 *   3 or 4 is taken as channels)
 * @throws {TypeError} if the format doesn't store the dtype; the message shows the conversion
 * @throws {RangeError} if the extension or the axes are others
 * @throws {ImageFileError} if the file can't be written
 * @example
 * await imwrite("mask.tif", mask);
 */
export async function imwrite(path: string, array: NdArray): Promise<void> {
  const format = check(path, array);
  try {
    const bytes =
      format === "tiff" ? encodeTiff(array, isColour(array)) : await encodeWithSharp(array, format);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ImageFileError(`Cannot write ${path}: ${reason}`, { cause });
  }
}

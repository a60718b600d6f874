import type { Dimension, TypedArray } from "@bioengine/ndarray";
import { NdArray, ndarray } from "@bioengine/ndarray";
import type { Metadata } from "sharp";
import type { Layer } from "./layer";
import { reasonOf } from "./reason";

const storages: Record<string, (buffer: ArrayBuffer) => TypedArray> = {
  uchar: (buffer) => new Uint8Array(buffer),
  ushort: (buffer) => new Uint16Array(buffer),
};

// In these colour spaces the pixels pass through unchanged; sharp's default would turn 16 bits into 8.
const exactSpaces = ["b-w", "grey16", "srgb", "rgb16"];

interface Size {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

function axesOf(
  pages: number,
  { width, height, channels }: Size,
): { shape: number[]; dimensions: Dimension[] } {
  const lengths = { I: pages, Y: height / pages, X: width, S: channels };
  const kept = Object.entries(lengths).filter(([name, length]) => /[YX]/.test(name) || length > 1);
  return { shape: kept.map(([, length]) => length), dimensions: kept.map(([name]) => ({ name })) };
}

/** The array of an image that sharp decodes. */
async function decode(bytes: Uint8Array, meta: Metadata, options: object): Promise<NdArray> {
  const { default: sharp } = await import("sharp");
  const array = storages[meta.depth ?? ""];
  if (array === undefined || !exactSpaces.includes(meta.space ?? "")) {
    throw new Error(
      `its pixels (${meta.depth}, ${meta.space}) can't be read exactly; save it as PNG or TIFF`,
    );
  }
  const pages = meta.pages ?? 1;
  const { data, info } = await sharp(bytes, { ...options, pages: pages > 1 ? -1 : 1 })
    .pipelineColourspace(meta.space)
    .toColourspace(meta.space ?? "srgb")
    .raw({ depth: meta.depth })
    .toBuffer({ resolveWithObject: true })
    .catch((cause) => {
      const format = meta.format?.toUpperCase();
      throw new Error(`its ${format} data is damaged or not whole (${reasonOf(cause)})`, { cause });
    });
  if (info.channels < (meta.channels ?? 1))
    throw new Error(`its ${meta.channels} channels can't be read exactly`);
  const buffer = new ArrayBuffer(data.byteLength);
  new Uint8Array(buffer).set(data);
  const { shape, dimensions } = axesOf(pages, info);
  const { dtype, buffer: values } = ndarray(array(buffer), shape);
  return new NdArray({ dtype, shape, buffer: values, dimensions });
}

/**
 * An image that a codec decodes as a whole: PNG, JPEG, WebP, GIF.
 *
 * @throws {Error} if it is none of these, not whole, or can't be read exactly
 */
export async function rasterLayers(bytes: Uint8Array): Promise<Layer[]> {
  const { default: sharp } = await import("sharp");
  const options = { ignoreIcc: true, limitInputPixels: maxPixels(bytes), failOn: "error" } as const;
  const meta = await sharp(bytes, options)
    .metadata()
    .catch((cause) => {
      throw new Error(
        `it must be a whole TIFF, PNG, JPEG, WebP, GIF, NPY, NPZ, NIfTI or OME-Zarr image (${reasonOf(cause)})`,
        { cause },
      );
    });
  const array = await decode(bytes, meta, options);
  const read = async (start: readonly number[], stop: readonly number[]) =>
    array.slice(...start.map((first, axis) => [first, stop[axis]] as const)).copy();
  return [{ shape: array.shape, dtype: array.dtype, dimensions: array.dimensions, read }];
}

// Deflate, which PNG is made of, gives at most so many bytes for one; others pack a plain image smaller still.
const maxPixels = (bytes: Uint8Array): number => Math.max(2 ** 26, bytes.length * 1100);

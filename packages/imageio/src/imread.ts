import { readdir, readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { type NdArray, ndarray, type TypedArray } from "@bioengine/ndarray";
import sharp, { type Metadata } from "sharp";
import { ImageFileError } from "./imagefileerror";

const storages: Record<string, (buffer: ArrayBuffer) => TypedArray> = {
  uchar: (buffer) => new Uint8Array(buffer),
  ushort: (buffer) => new Uint16Array(buffer),
  uint: (buffer) => new Uint32Array(buffer),
  int: (buffer) => new Int32Array(buffer),
  float: (buffer) => new Float32Array(buffer),
};

// In these colour spaces the pixels pass through unchanged; sharp's default would turn 16 bits into 8.
const exactSpaces = ["b-w", "grey16", "srgb", "rgb16"];

/** What a missing file was perhaps meant to be: the folder's files with a similar name. */
async function similarFiles(path: string): Promise<string> {
  const names = await readdir(dirname(path)).catch(() => undefined);
  if (names === undefined) return `the folder ${dirname(path)} doesn't exist`;
  const stem = basename(path).slice(0, 3).toLowerCase();
  const similar = names.filter((name) => name.toLowerCase().startsWith(stem)).slice(0, 5);
  return similar.length > 0 ? `the folder has ${similar.join(", ")}` : `current folder: ${process.cwd()}`;
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    const reason = missing ? `there is no such file; ${await similarFiles(path)}` : String(cause);
    throw new ImageFileError(`Cannot read ${path}: ${reason}`, { cause });
  }
}

/** What can be done about a file that libvips refuses, beside its own words. */
function advice(reason: string): string {
  if (/zstd|jpeg ?2000|lerc|webp/i.test(reason))
    return "; save it with deflate or LZW compression, e.g. in Fiji";
  if (/samples out of range|exactly/.test(reason))
    return "; save it as 32-bit float or unsigned integers, one, three or four channels, e.g. in Fiji";
  return "; it must be a whole PNG, JPEG or TIFF file";
}

function shapeOf(meta: Metadata, info: { width: number; height: number; channels: number }): number[] {
  const pages = meta.pages ?? 1;
  const channels = info.channels > 1 ? [info.channels] : [];
  return pages > 1
    ? [pages, info.height / pages, info.width, ...channels]
    : [info.height, info.width, ...channels];
}

/**
 * Read an image file with its exact pixel values.
 *
 * PNG, JPEG and TIFF: uint8, uint16, int32, uint32 and float32 as stored; 1-bit images as 0 and 255; palettes
 * as RGB; an alpha channel as the fourth. Colour profiles and EXIF orientation are not applied. JPEG
 * values may differ by decoder.
 *
 * @param source path of the file, or its bytes
 * @returns `[y, x]`, `[y, x, c]`, or for several pages `[z, y, x]` or `[z, y, x, c]`
 * @throws {ImageFileError} if the file is missing, is no whole image, or is of a kind that can't be read exactly;
 *   the message names the file and says what to do
 * @throws {TypeError} if `source` is neither a path nor bytes
 * @example
 * const image = await imread("data/img2d.tif");
 */
export async function imread(source: string | Uint8Array): Promise<NdArray> {
  if (typeof source !== "string" && !(source instanceof Uint8Array)) {
    throw new TypeError(`Cannot read the image: source must be a path or a Uint8Array, got ${typeof source}`);
  }
  const name = typeof source === "string" ? source : `the image of ${source.length} bytes`;
  if (/^https?:/.test(name)) {
    throw new ImageFileError(
      `Cannot read ${name}: a path or bytes are needed, got a URL; use imread(new Uint8Array(await (await fetch("${name}")).arrayBuffer()))`,
    );
  }
  const bytes = typeof source === "string" ? await bytesOf(source) : source;
  try {
    const options = { ignoreIcc: true, limitInputPixels: false, failOn: "error" } as const;
    const meta = await sharp(bytes, options).metadata();
    const array = storages[meta.depth ?? ""];
    // libvips gives 16-bit floats as whole numbers.
    const half = meta.depth === "float" && Number(meta.bitsPerSample) === 16;
    if (half || array === undefined || !exactSpaces.includes(meta.space ?? "")) {
      throw new Error(`its pixels (${meta.depth}, ${meta.space}) can't be read exactly`);
    }
    const { data, info } = await sharp(bytes, { ...options, pages: (meta.pages ?? 1) > 1 ? -1 : 1 })
      .pipelineColourspace(meta.space)
      .toColourspace(meta.space ?? "srgb")
      .raw({ depth: meta.depth })
      .toBuffer({ resolveWithObject: true });
    if (info.channels < (meta.channels ?? 1)) {
      throw new Error(`its ${meta.channels} channels can't be read exactly`);
    }
    const buffer = new ArrayBuffer(data.byteLength);
    new Uint8Array(buffer).set(data);
    return ndarray(array(buffer), shapeOf(meta, info));
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
    throw new ImageFileError(`Cannot read ${name}: ${reason}${advice(reason)}`, { cause });
  }
}

import { itemSize, type NdArray } from "@bioengine/ndarray";
import { bytesOf } from "./arraybytes";
import { type ByteSource, withSource } from "./bytesource";
import { viewOf } from "./dataview";
import type { Layer } from "./layer";
import { numpyDType, numpyKind, numpyName, numpyNeed } from "./numpydtype";
import { type RawElements, rawLayer } from "./rawlayer";

const magic = "\x93NUMPY";

/** Whether a file's first bytes are those of `numpy.save`. */
export const isNpy = (head: Uint8Array): boolean => String.fromCharCode(...head.subarray(0, 6)) === magic;

// numpy itself refuses headers that are longer.
const MAX_HEADER = 2 ** 16;

// As many as numpy has.
const MAX_AXES = 64;

/** The value of a key of the header, which is a Python dict with three keys. */
function headerValue(header: string, key: string, pattern: RegExp): string {
  const found = header.match(new RegExp(`['"]${key}['"]\\s*:\\s*${pattern.source}`));
  if (found === null) throw new Error(`its header must have ${key}, got ${header.slice(0, 80).trim()}`);
  return found[1];
}

function elementsOf(header: string, offset: number): RawElements {
  const descr = headerValue(header, "descr", /((?:['"][^'"]*['"])|\[)/).replace(/['"]/g, "");
  const dtype = numpyDType(descr.slice(1));
  if (dtype === undefined) {
    const kind = descr === "[" ? "a structured dtype" : `${numpyKind(descr.slice(1))} (${descr})`;
    throw new Error(`${numpyNeed}, got ${kind}`);
  }
  if (!/[<>=|]/.test(descr[0]) || (descr[0] === "|" && itemSize(dtype) > 1)) {
    throw new Error(`the byte order must be <, > or |, got ${descr}`);
  }
  const isFortran = headerValue(header, "fortran_order", /(True|False)/) === "True";
  const shape = headerValue(header, "shape", /\(([\d\s,L]*)\)/)
    .split(",")
    .filter((length) => length.trim() !== "")
    .map((length) => Number.parseInt(length, 10));
  if (shape.length > MAX_AXES) throw new Error(`it must have up to ${MAX_AXES} axes, got ${shape.length}`);
  const format = { dtype, isBigEndian: descr[0] === ">", isFortran };
  return { shape, dtype, dimensions: undefined, format, offset };
}

async function readHeader(source: ByteSource): Promise<RawElements> {
  const head = await source.read(0, 12);
  const view = viewOf(head);
  const version = head[6];
  if (version < 1 || version > 3) throw new Error(`its version must be 1 to 3, got ${version}`);
  const [start, length] = version === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)];
  if (length > MAX_HEADER)
    throw new Error(`its header must be up to ${MAX_HEADER} bytes long, got ${length}`);
  const text = new TextDecoder(version === 3 ? "utf-8" : "latin1").decode(await source.read(start, length));
  return elementsOf(text, start + length);
}

/**
 * The array of a file that `numpy.save` wrote (NEP 1), of any numeric dtype but complex ones, in both orders.
 *
 * @throws {Error} if it is not whole, or of another dtype
 */
export async function npyLayers(input: string | Uint8Array): Promise<Layer[]> {
  return withSource(input, async (source) => [rawLayer(input, source.size, await readHeader(source))]);
}

/**
 * An array as `numpy.save` writes it, in C order.
 *
 * @returns header and elements; the latter may share the array's memory
 * @throws {TypeError} if the dtype is bfloat16, which numpy hasn't
 */
export function encodeNpy(array: NdArray): Uint8Array[] {
  const name = numpyName(array.dtype);
  if (name === undefined) throw new TypeError(`the dtype must be one of numpy's, got ${array.dtype}`);
  const order = itemSize(array.dtype) === 1 ? "|" : "<";
  const shape = array.shape.length === 1 ? `${array.shape[0]},` : array.shape.join(", ");
  const dict = `{'descr': '${order}${name}', 'fortran_order': False, 'shape': (${shape}), }`;
  // The elements begin at a multiple of 64 bytes.
  const length = Math.ceil((10 + dict.length + 1) / 64) * 64 - 10;
  const header = Buffer.from(`${magic}\x01\x00\x00\x00${dict.padEnd(length - 1)}\n`, "latin1");
  header.writeUInt16LE(length, 8);
  return [header, bytesOf(array)];
}

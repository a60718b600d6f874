import type { NdArray } from "@bioengine/ndarray";

// Magic, version 1.0, and the length of the text that follows.
const fixedSize = 10;

/**
 * An array as numpy.save writes it.
 *
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 *
 * @param array not modified
 * @returns the file's bytes
 * @example
 * writeFileSync("image.npy", writeNpy(image.astype("float32"))); // numpy.load("image.npy")
 */
export function writeNpy(array: NdArray<"float32">): Uint8Array {
  const { data, shape } = array;
  // Python writes a tuple of one as (3,).
  const lengths = shape.join(", ") + (shape.length === 1 ? "," : "");
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${lengths}), }`;
  // The numbers begin at a multiple of 64 bytes.
  const length = Math.ceil((fixedSize + text.length + 1) / 64) * 64 - fixedSize;
  const header = Buffer.alloc(fixedSize);
  header.write("\x93NUMPY\x01\x00", "latin1");
  header.writeUInt16LE(length, 8);
  const line = Buffer.from(`${text.padEnd(length - 1)}\n`, "latin1");
  return Buffer.concat([header, line, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]);
}

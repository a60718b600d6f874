import type { NdArray } from "@bioengine/ndarray";

const headSize = 8;
const fieldCount = 10;
const directorySize = 2 + 12 * fieldCount + 4;

/** Number, type (3 = 16 bits, 4 = 32 bits) and value of each field of a page, ascending. */
function fieldsOf(height: number, width: number, offset: number): [number, number, number][] {
  return [
    [256, 4, width],
    [257, 4, height],
    [258, 3, 32], // bits of a sample
    [259, 3, 1], // not compressed
    [262, 3, 1], // black is low
    [273, 4, offset],
    [277, 3, 1], // samples of a pixel
    [278, 4, height], // rows of the only strip
    [279, 4, 4 * height * width],
    [339, 3, 3], // floating point
  ];
}

/**
 * An image as an uncompressed TIFF file with a page for each channel.
 *
 * https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf
 *
 * @param image `[c, y, x]` float32; not modified
 * @returns the file's bytes
 * @example
 * writeFileSync("image.tif", writeTiff(image.astype("float32")));
 */
export function writeTiff(image: NdArray<"float32">): Uint8Array {
  const { data, shape } = image;
  const [channels, height, width] = shape;
  const pixels = headSize + channels * directorySize;
  const head = Buffer.alloc(pixels);
  head.write("II*\0", "latin1");
  head.writeUInt32LE(headSize, 4);
  for (let channel = 0; channel < channels; channel++) {
    let position = headSize + channel * directorySize;
    const next = position + directorySize;
    position = head.writeUInt16LE(fieldCount, position);
    for (const [number, type, value] of fieldsOf(height, width, pixels + 4 * channel * height * width)) {
      head.writeUInt16LE(number, position);
      head.writeUInt16LE(type, position + 2);
      head.writeUInt32LE(1, position + 4);
      position = head.writeUInt32LE(value, position + 8);
    }
    head.writeUInt32LE(channel + 1 < channels ? next : 0, position);
  }
  return Buffer.concat([head, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]);
}

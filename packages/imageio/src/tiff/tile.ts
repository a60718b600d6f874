import type { Page } from "./page";

/** The marker that says whether a JPEG's components are RGB (0) or YCbCr (1), which else is guessed. */
const adobe = (transform: number) =>
  Uint8Array.of(0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, transform);

/** A JPEG that stands by itself: the page's tables, then the segment's own part. */
function wholeJpeg(bytes: Uint8Array, { jpegTables, photometric, samples }: Page): Uint8Array {
  const tables = jpegTables?.subarray(2, -2) ?? new Uint8Array();
  const marker = samples === 3 ? adobe(photometric === 6 ? 1 : 0) : new Uint8Array();
  return Buffer.concat([bytes.subarray(0, 2), marker, tables, bytes.subarray(2)]);
}

/**
 * Decode a segment that is a JPEG or WebP image of its own; YCbCr becomes RGB.
 *
 * @throws {Error} if the image is damaged, or has another size than the segment
 */
export async function decodeTile(
  bytes: Uint8Array,
  _limit: number,
  page: Page,
  rows: number,
): Promise<Uint8Array> {
  const { default: sharp } = await import("sharp");
  const channels = page.isPlanar ? 1 : page.samples;
  const space = channels < 3 ? "b-w" : "srgb";
  const image = page.compression === 7 ? wholeJpeg(bytes, page) : bytes;
  const limitInputPixels = Math.max(page.segmentWidth * page.segmentHeight, 1);
  const { data, info } = await sharp(image, { ignoreIcc: true, limitInputPixels, failOn: "error" })
    .pipelineColourspace(space)
    .toColourspace(space)
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  if (
    info.width !== page.segmentWidth ||
    info.height < rows ||
    info.channels !== channels ||
    page.bits !== 8
  ) {
    throw new Error(
      `a tile of ${page.segmentWidth} × ${rows} × ${channels} is needed, got ${info.width} × ${info.height} × ${info.channels}`,
    );
  }
  return data;
}

import { promisify } from "node:util";
import { inflate } from "node:zlib";
import { decodeLzw } from "./lzw";
import { decodePackBits } from "./packbits";
import type { Page } from "./page";
import { decodeTile } from "./tile";
import { decodeZstd } from "./zstd";

/** How a segment's bytes are unpacked. */
interface Codec {
  /** Most bytes that a byte can become: what announces more is no image. */
  readonly ratio: number;
  /**
   * @param limit most bytes that it may give
   * @param rows how many are needed
   */
  decode(bytes: Uint8Array, limit: number, page: Page, rows: number): Promise<Uint8Array> | Uint8Array;
}

const inflated = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflate);

const deflate: Codec = {
  ratio: 1040,
  decode: (bytes, limit) => inflated(bytes, { maxOutputLength: limit }),
};

const tile: Codec = { ratio: Number.POSITIVE_INFINITY, decode: decodeTile };

/** The compressions that are read, by their number. */
const codecs: ReadonlyMap<number, Codec> = new Map<number, Codec>([
  [1, { ratio: 1, decode: (bytes) => bytes }],
  [5, { ratio: 4096, decode: decodeLzw }],
  [7, tile],
  [8, deflate],
  [32946, deflate],
  [32773, { ratio: 64, decode: decodePackBits }],
  [50000, { ratio: 2 ** 17, decode: decodeZstd }],
  [50001, tile],
]);

const names: Record<number, string> = {
  2: "CCITT",
  3: "CCITT fax 3",
  4: "CCITT fax 4",
  6: "JPEG of before TIFF 6.0",
  33003: "JPEG 2000",
  33005: "JPEG 2000",
  33007: "JPEG",
  34712: "JPEG 2000",
  34887: "LERC",
  34925: "LZMA",
  34933: "PNG",
  34934: "JPEG XR",
  50002: "JPEG XL",
  22610: "JPEG XR",
};

/**
 * The codec of a page.
 *
 * @throws {Error} if its compression isn't read
 */
export function codecOf({ compression }: Page): Codec {
  const codec = codecs.get(compression);
  if (codec === undefined) {
    const name = names[compression] ?? "an unknown one";
    // Fiji reads no faxes.
    const program = name.startsWith("CCITT")
      ? "with ImageMagick: magick old.tif -compress Zip new.tif"
      : "in Fiji";
    throw new Error(
      `its compression ${compression} (${name}) isn't read; save it with deflate or LZW compression, e.g. ${program}`,
    );
  }
  return codec;
}

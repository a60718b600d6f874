import { decodeLz4 } from "./lz4";

// Half a megabyte of code that few need.
const load = () => import("apache-arrow");

/** The library that reads and writes Arrow. */
export type Arrow = typeof import("apache-arrow");

/** The library, with the codecs of the files that pandas and polars write. */
export async function loadArrow(): Promise<Arrow> {
  const [arrow, { decompress }] = await Promise.all([load(), import("fzstd")]);
  const { compressionRegistry, CompressionType } = arrow;
  compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: decodeLz4 });
  // A copy: parts of a larger buffer are not aligned.
  compressionRegistry.set(CompressionType.ZSTD, { decode: (bytes) => decompress(bytes).slice() });
  return arrow;
}

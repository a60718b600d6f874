/**
 * Decode Zstandard.
 *
 * @param limit most bytes that the result may have
 * @throws {Error} if the data is damaged, or gives more bytes
 */
export async function decodeZstd(bytes: Uint8Array, limit: number): Promise<Uint8Array> {
  const { Decompress } = await import("fzstd");
  const chunks: Uint8Array[] = [];
  let length = 0;
  const decoder = new Decompress((chunk) => {
    length += chunk.length;
    if (length > limit)
      throw new Error(`its zstd data gives more than the ${limit} bytes that are announced`);
    chunks.push(chunk.slice());
  });
  decoder.push(bytes, true);
  const result = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    result.set(chunk, at);
    at += chunk.length;
  }
  return result;
}

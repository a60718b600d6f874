import { promisify } from "node:util";
import { brotliDecompress, deflate, gunzip, gzip, inflate } from "node:zlib";
import { headerLengthName, receiveBuffer } from "../message";

/** A body as one compressed part, at the lowest level: others take several times as long, for hardly less. */
export async function compress(
  parts: readonly Uint8Array[],
  compression: "gzip" | "deflate",
): Promise<Uint8Array[]> {
  const pack = promisify<Uint8Array, { level: number }, Uint8Array>(compression === "gzip" ? gzip : deflate);
  return [await pack(Buffer.concat(parts), { level: 1 })];
}

const unpackers = { gzip: gunzip, "x-gzip": gunzip, deflate: inflate, br: brotliDecompress };

/**
 * A body as it was before it was compressed, at a place for tensors.
 *
 * @throws {Error} if it is not compressed so
 */
export async function decompress(
  body: Uint8Array,
  encoding: string,
  header: (name: string) => string | undefined,
): Promise<Uint8Array> {
  const name = encoding.trim().toLowerCase();
  const entry = Object.entries(unpackers).find(([known]) => known === name);
  if (!entry) throw new Error(`Content-Encoding must be gzip, deflate or br, got ${encoding}`);
  const unpacked = await promisify<Uint8Array, Uint8Array>(entry[1])(body);
  const placed = receiveBuffer(unpacked.length, Number(header(headerLengthName) ?? 0));
  placed.set(unpacked);
  return placed;
}

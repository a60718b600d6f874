import { viewOf } from "./dataview";

// RFC 3720, appendix B.4: Castagnoli's polynomial, its bits turned around.
const POLYNOMIAL = 0x82f63b78;

const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (rest & 1 ? POLYNOMIAL : 0);
  return rest;
});

/** The CRC-32C of bytes, which Zarr's shards end with. */
export function crc32c(bytes: Uint8Array): number {
  let rest = -1;
  for (let i = 0; i < bytes.length; i++) rest = (rest >>> 8) ^ table[(rest ^ bytes[i]) & 255];
  return ~rest >>> 0;
}

// Bytes of the checksum.
const SIZE = 4;

/** Zarr's codec of that name; the one of zarrita drops the checksum unread. */
export const crc32cCodec = {
  kind: "bytes_to_bytes" as const,
  encode(): never {
    throw new Error("it is for reading alone");
  },
  /** @throws {Error} if the checksum, the last four bytes, is another one */
  decode(stored: Uint8Array): Uint8Array {
    const bytes = stored.slice(0, Math.max(0, stored.length - SIZE));
    if (stored.length < SIZE || viewOf(stored).getUint32(bytes.length, true) !== crc32c(bytes)) {
      throw new Error("its checksum (CRC-32C) is wrong; it is damaged");
    }
    return bytes;
  },
  computeEncodedSize: (size: number): number => size + SIZE,
};

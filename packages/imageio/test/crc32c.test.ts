import { expect, test } from "vitest";
import { crc32c, crc32cCodec } from "../src/crc32c";

test("crc32c() gives the values of RFC 3720, appendix B.4", () => {
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(255))).toBe(0x62a8ab43);
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e);
});

test("crc32cCodec refuses bytes whose checksum is another one", () => {
  const stored = new Uint8Array(36);
  new DataView(stored.buffer).setUint32(32, 0x8a9136aa, true);
  expect(crc32cCodec.decode(stored)).toEqual(new Uint8Array(32));
  stored[7] ^= 4;
  expect(() => crc32cCodec.decode(stored)).toThrow("its checksum (CRC-32C) is wrong; it is damaged");
  expect(() => crc32cCodec.decode(stored.subarray(0, 3))).toThrow("checksum");
});

import { viewOf } from "./dataview";

// The LZ4 frame format, 1.6.4: flags of the descriptor, and the bit of a block that isn't packed.
const MAGIC = 0x184d2204;
const [HAS_BLOCK_CHECKSUM, HAS_SIZE, HAS_DICTIONARY] = [16, 8, 1];
const IS_PLAIN = 0x80000000;

/** Bytes that grow as they are written. */
class Output {
  private bytes = new Uint8Array(2 ** 16);
  private length = 0;

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(2 * this.bytes.length, this.length + count));
    grown.set(this.bytes);
    this.bytes = grown;
  }

  append(part: Uint8Array): void {
    this.reserve(part.length);
    this.bytes.set(part, this.length);
    this.length += part.length;
  }

  /** Append what lies so far back again; it may reach into what is appended. */
  repeat(back: number, count: number): void {
    if (back === 0 || back > this.length) throw new Error("its LZ4 data is damaged");
    this.reserve(count);
    for (let i = 0; i < count; i++, this.length++) this.bytes[this.length] = this.bytes[this.length - back];
  }

  get whole(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
}

/** A block: runs of plain bytes, each followed by a repetition. */
function decodeBlock(block: Uint8Array, output: Output): void {
  let at = 0;
  const next = () => {
    if (at >= block.length) throw new Error("its LZ4 data isn't whole");
    return block[at++];
  };
  const lengthOf = (nibble: number) => {
    let length = nibble;
    if (nibble === 15) {
      for (let more = 255; more === 255; length += more) more = next();
    }
    return length;
  };
  while (at < block.length) {
    const token = next();
    const plain = lengthOf(token >> 4);
    if (at + plain > block.length) throw new Error("its LZ4 data isn't whole");
    output.append(block.subarray(at, at + plain));
    at += plain;
    // The last run has no repetition.
    if (at === block.length) return;
    const back = next() | (next() << 8);
    output.repeat(back, lengthOf(token & 15) + 4);
  }
}

/**
 * Decode an LZ4 frame; checksums are not compared.
 *
 * @throws {Error} if it is damaged
 */
export function decodeLz4(bytes: Uint8Array): Uint8Array {
  const view = viewOf(bytes);
  const output = new Output();
  try {
    const flags = view.getUint8(4);
    if (view.getUint32(0, true) !== MAGIC || flags >> 6 !== 1 || flags & HAS_DICTIONARY) {
      throw new Error("its LZ4 data must be a frame of version 1 without dictionary");
    }
    let at = 7 + (flags & HAS_SIZE ? 8 : 0);
    for (;;) {
      const head = view.getUint32(at, true);
      if (head === 0) return output.whole;
      const size = head % IS_PLAIN;
      if (at + 4 + size > bytes.length) throw new Error("its LZ4 data isn't whole");
      const block = bytes.subarray(at + 4, at + 4 + size);
      if (head >= IS_PLAIN) output.append(block);
      else decodeBlock(block, output);
      at += 4 + size + (flags & HAS_BLOCK_CHECKSUM ? 4 : 0);
    }
  } catch (cause) {
    if (cause instanceof RangeError) throw new Error("its LZ4 data isn't whole", { cause });
    throw cause;
  }
}

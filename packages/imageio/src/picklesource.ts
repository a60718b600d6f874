import { viewOf } from "./dataview";
import { pickleError } from "./pickleerror";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lineFeed = 0x0a;

/** The bytes of a pickle, read from front to back; whatever would pass the end is refused. */
export class PickleSource {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private position = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = viewOf(bytes);
  }

  /** Number of bytes in all. */
  get length(): number {
    return this.bytes.length;
  }

  /** Number of bytes that are still to be read. */
  get left(): number {
    return this.bytes.length - this.position;
  }

  private skip(length: number): number {
    if (length > this.left) {
      throw pickleError("it must be whole", `${this.left} bytes where ${length} are announced`);
    }
    this.position += length;
    return this.position - length;
  }

  uint8(): number {
    return this.view.getUint8(this.skip(1));
  }
  uint16(): number {
    return this.view.getUint16(this.skip(2), true);
  }
  uint32(): number {
    return this.view.getUint32(this.skip(4), true);
  }
  int32(): number {
    return this.view.getInt32(this.skip(4), true);
  }
  /** A length of 64 bits: one that a number can't hold exactly is larger than any file. */
  uint64(): number {
    return Number(this.view.getBigUint64(this.skip(8), true));
  }
  /** The one number that is big-endian. */
  float64(): number {
    return this.view.getFloat64(this.skip(8));
  }

  /** The next bytes, as a view. */
  take(length: number): Uint8Array {
    const start = this.skip(length);
    return this.bytes.subarray(start, start + length);
  }

  /** The next bytes as text. */
  text(length: number): string {
    const bytes = this.take(length);
    try {
      return utf8.decode(bytes);
    } catch {
      throw pickleError("text must be UTF-8 that fits a string", `${length} bytes of something else`);
    }
  }

  /** The text up to the end of the line. */
  line(): string {
    const end = this.bytes.indexOf(lineFeed, this.position);
    if (end < 0) throw pickleError("it must be whole", "a name without an end");
    const text = this.text(end - this.position);
    this.skip(1);
    return text;
  }

  /** A signed integer of any number of bytes. */
  integer(length: number): number | bigint {
    const value = this.take(length).reduceRight((high, byte) => (high << 8n) | BigInt(byte), 0n);
    return plainInteger(BigInt.asIntN(8 * length, value));
  }
}

/** An integer as a number, if that holds it exactly. */
export function plainInteger(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/// <reference lib="es2024.arraybuffer" />
import { receiveBuffer } from "@bioengine/triton";

/**
 * Bytes whose number is not known before they have come. The memory grows where it is, without copies, and is free as
 * soon as it is not needed: lists of pieces would be left to the next collection of garbage, gigabytes of them.
 */
export class GrowingBuffer {
  /** Bytes that have come. */
  length = 0;
  private readonly memory: ArrayBuffer;

  /** @param maximum most bytes; so much address space is set aside, and no memory */
  constructor(private readonly maximum: number) {
    this.memory = new ArrayBuffer(0, { maxByteLength: maximum });
  }

  /** Add bytes; there must be room for them. */
  push(bytes: Uint8Array): void {
    const length = this.length + bytes.length;
    if (length > this.memory.byteLength) {
      this.memory.resize(Math.min(this.maximum, Math.max(length, 2 * this.memory.byteLength)));
    }
    new Uint8Array(this.memory).set(bytes, this.length);
    this.length = length;
  }

  /** The bytes in memory of their own, placed by the length of their JSON as `receiveBuffer` does. */
  copy(headerLength: number): Uint8Array {
    const buffer = receiveBuffer(this.length, headerLength);
    buffer.set(new Uint8Array(this.memory, 0, this.length));
    return buffer;
  }

  /** Give the memory back. */
  free(): void {
    this.memory.resize(0);
    this.length = 0;
  }
}

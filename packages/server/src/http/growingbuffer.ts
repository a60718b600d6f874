/// <reference lib="es2024.arraybuffer" />
import { setImmediate } from "node:timers/promises";
import { receiveBuffer } from "@bioengine/triton";

/** So many bytes are copied or given back at a time, which takes some ms: the server answers others in between. */
const stepBytes = 2 ** 25;

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
  async copy(headerLength: number): Promise<Uint8Array> {
    const buffer = receiveBuffer(this.length, headerLength);
    for (let position = 0; position < this.length; position += stepBytes) {
      if (position > 0) await setImmediate();
      const bytes = Math.min(stepBytes, this.length - position);
      buffer.set(new Uint8Array(this.memory, position, bytes), position);
    }
    return buffer;
  }

  /** Give the memory back. */
  async free(): Promise<void> {
    this.length = 0;
    while (this.memory.byteLength > stepBytes) {
      this.memory.resize(this.memory.byteLength - stepBytes);
      await setImmediate();
    }
    this.memory.resize(0);
  }
}

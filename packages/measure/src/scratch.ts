import type { Region } from "./region";

/** Memory that the measurements of one call use again for region after region. */
export class Scratch {
  #zeros = new Uint8Array(4096);
  #rows = new Int32Array(256);
  #integers = new Int32Array(1024);
  /** Values of one channel on the pixels of `valuesOf`. */
  values: Float64Array = new Float64Array(4096);
  valuesOf: Region | undefined;
  valuesChannel = 0;

  /** At least so many zeros, to be left as zeros. */
  zeros(length: number): Uint8Array {
    if (this.#zeros.length < length) this.#zeros = new Uint8Array(2 * length);
    return this.#zeros;
  }

  /** At least so many whole numbers, of any value. */
  integers(length: number): Int32Array {
    if (this.#integers.length < length) this.#integers = new Int32Array(2 * length);
    return this.#integers;
  }

  /** As `integers`, for `rowStarts`. */
  rows(length: number): Int32Array {
    if (this.#rows.length < length) this.#rows = new Int32Array(2 * length);
    return this.#rows;
  }
}

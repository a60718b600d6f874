import { assembly } from "@bioengine/ndarray";
import type { LabelImage } from "../labelimage";
import { scanKernel } from "../scankernel";
import { joinKernel } from "./joinkernel";
import { paintKernel } from "./paintkernel";

/** Memory grows by so many bytes at least. */
const STEP = 1 << 22;

const MOST = 2 ** 32;

/** The memory that runs are found, joined and painted in, and the kernels at work on it. */
export class LabelMemory {
  readonly #memory: assembly.Memory;
  readonly join: assembly.Run;
  readonly paint: assembly.Run;
  readonly #scans: Record<string, assembly.Run> = {};
  bytes: Uint8Array;
  words: Int32Array;

  constructor() {
    this.#memory = assembly.makeMemory(STEP);
    this.join = assembly.runOn(this.#memory, joinKernel());
    this.paint = assembly.runOn(this.#memory, paintKernel());
    this.bytes = new Uint8Array(this.#memory.buffer);
    this.words = new Int32Array(this.#memory.buffer);
  }

  scanOf({ bits, signed }: LabelImage): assembly.Run {
    const name = `${signed ? "int" : "uint"}${bits}`;
    this.#scans[name] ??= assembly.runOn(this.#memory, scanKernel(bits, signed));
    return this.#scans[name];
  }

  /**
   * Grow to so many bytes, if there are fewer; `bytes` and `words` are others then.
   *
   * @throws {RangeError} if they are more than 4 GiB, or than there are
   */
  reserve(size: number): void {
    const own = this.bytes.length;
    if (size <= own) return;
    if (size > MOST) {
      throw new RangeError(
        `Cannot label: the image must have at most ${MOST / 16} runs of equal pixels in a row, got more; label parts of it`,
      );
    }
    const wanted = Math.min(Math.max(size, own + STEP), MOST);
    this.#memory.grow(Math.ceil((wanted - own) / assembly.PAGE));
    this.bytes = new Uint8Array(this.#memory.buffer);
    this.words = new Int32Array(this.#memory.buffer);
  }
}

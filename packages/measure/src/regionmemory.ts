import { assembly } from "@bioengine/ndarray";
import type { Region } from "./region";

/** Memory grows by so many bytes at least. */
const STEP = 1 << 18;

/** Larger memory isn't kept for the next call. */
const KEPT_BYTES = 1 << 23;

/** Memory that kernels work on one region after another in. */
export class RegionMemory {
  readonly #memory: assembly.Memory = assembly.makeMemory(STEP);
  readonly #kernels = new Map<() => object, assembly.Run>();
  words: Int32Array = new Int32Array(this.#memory.buffer);

  /** A kernel at work here. */
  run(kernel: () => object): assembly.Run {
    let run = this.#kernels.get(kernel);
    if (run === undefined) {
      run = assembly.runOn(this.#memory, kernel());
      this.#kernels.set(kernel, run);
    }
    return run;
  }

  /**
   * Grow to so many bytes, if there are fewer; `words` is another then.
   *
   * @throws {RangeError} if there isn't as much memory
   */
  reserve(size: number): void {
    const own = this.words.byteLength;
    if (size <= own) return;
    this.#memory.grow(Math.ceil(Math.max(size - own, STEP) / assembly.PAGE));
    this.words = new Int32Array(this.#memory.buffer);
    if (size > KEPT_BYTES && kept === this) kept = undefined;
  }
}

let kept: RegionMemory | undefined;

/** Copy a region's runs to an address of the memory, a multiple of 4, and reserve so many bytes behind them. */
export function placeRuns({ runs, begin, end }: Region, address: number, behind: number): RegionMemory {
  kept ??= new RegionMemory();
  const memory = kept;
  memory.reserve(address + 4 * (end - begin) + behind);
  memory.words.set(runs.subarray(begin, end), address / 4);
  return memory;
}

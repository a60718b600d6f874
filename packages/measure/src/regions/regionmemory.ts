import { assembly } from "@bioengine/ndarray";
import type { Region } from "./region";

/** Memory grows by so many bytes at least. */
const STEP = 1 << 18;

/** Larger memory isn't kept for the next call. */
const KEPT_BYTES = 1 << 23;

const MOST = 2 ** 32;

/** Bytes for what kernels tell, where memory begins. */
export const RESULT_BYTES = 128;

/** Memory in which kernels work on one region after another. After the results lie its runs, and then its values. */
export class RegionMemory {
  readonly #memory: assembly.Memory = assembly.makeMemory(STEP);
  readonly #kernels = new Map<() => object, assembly.Run>();
  #region: Region | undefined;
  words: Int32Array = new Int32Array(this.#memory.buffer);
  numbers: Float64Array = new Float64Array(this.#memory.buffer);
  /** Address of the end of the region's runs. */
  runsEnd = 0;
  /** Address for values of its pixels, and two more; there is no room for any without an intensity image. */
  values = 0;
  /** Where they end. */
  valuesEnd = 0;
  /** The channel whose values are there; -1 if none are. */
  channel = -1;

  /** A kernel at work here. */
  run(kernel: () => object): assembly.Run {
    let run = this.#kernels.get(kernel);
    if (run === undefined) {
      run = assembly.runOn(this.#memory, kernel());
      this.#kernels.set(kernel, run);
    }
    return run;
  }

  /** Bring a region's runs here, unless it is the one at work on. */
  place(region: Region): void {
    if (this.#region === region) return;
    const { runs, begin, end, size, measured } = region;
    this.runsEnd = RESULT_BYTES + 4 * (end - begin);
    this.values = this.runsEnd;
    this.valuesEnd = this.values + (measured.intensities ? 8 * (size + 2) : 0);
    this.channel = -1;
    this.reserve(this.valuesEnd);
    this.words.set(runs.subarray(begin, end), RESULT_BYTES / 4);
    this.#region = region;
  }

  /**
   * Grow to so many bytes, if there are fewer; `words` and `numbers` are others then.
   *
   * @throws {RangeError} if they are more than 4 GiB, or than there are
   */
  reserve(size: number): void {
    const own = this.words.byteLength;
    if (size <= own) return;
    if (size > MOST) {
      throw new RangeError(
        `Cannot measure regions: those of an image must have at most ${MOST / 16} pixels each, got more; measure parts of it`,
      );
    }
    this.#memory.grow(Math.ceil(Math.max(size - own, STEP) / assembly.PAGE));
    this.words = new Int32Array(this.#memory.buffer);
    this.numbers = new Float64Array(this.#memory.buffer);
    if (size > KEPT_BYTES && kept === this) kept = undefined;
  }
}

let kept: RegionMemory | undefined;

/** The memory with a region's runs. */
export function memoryOf(region: Region): RegionMemory {
  const { scratch } = region.measured;
  kept ??= new RegionMemory();
  scratch.memory ??= kept;
  scratch.memory.place(region);
  return scratch.memory;
}

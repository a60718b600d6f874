import type { ConvexSpans } from "./convexity";
import type { Region } from "./region";
import type { RegionMemory } from "./regionmemory";

type Purpose = "rows" | "list" | "chain" | "outline" | "raster" | "hull";

/** Memory that the measurements of one call use again for region after region. */
export class Scratch {
  readonly #integers: Record<Purpose, Int32Array> = {
    rows: new Int32Array(0),
    list: new Int32Array(0),
    chain: new Int32Array(0),
    outline: new Int32Array(0),
    raster: new Int32Array(0),
    hull: new Int32Array(0),
  };
  memory: RegionMemory | undefined;
  /** The convex hull of `hullOf`. */
  hull: ConvexSpans = new Int32Array(0);
  hullOf: Region | undefined;

  /** At least so many whole numbers of any value, which the next caller with this purpose overwrites. */
  integers(purpose: Purpose, length: number): Int32Array {
    if (this.#integers[purpose].length < length) this.#integers[purpose] = new Int32Array(2 * length);
    return this.#integers[purpose];
  }
}

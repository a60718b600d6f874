import type { TrainingSample } from "@bioengine/engine";

/** Pixels of all images together whose preparation is kept: about 20 bytes each. */
const most = 2 ** 24;

/** What was computed from the latest images, so that a sample that comes in each epoch is prepared once. */
export class SampleCache {
  private readonly samples = new Map<string, TrainingSample>();

  /** The prepared sample of a key; prepares it if it isn't there. */
  get(key: string, prepare: () => TrainingSample): TrainingSample {
    const sample = this.samples.get(key) ?? prepare();
    // The latest is the last in the map's order.
    this.samples.delete(key);
    this.samples.set(key, sample);
    let pixels = [...this.samples.values()].reduce((sum, one) => sum + pixelsOf(one), 0);
    for (const [old, one] of this.samples) {
      if (pixels <= most || old === key) break;
      pixels -= pixelsOf(one);
      this.samples.delete(old);
    }
    return sample;
  }
}

const pixelsOf = ({ sample: { height, width } }: TrainingSample): number => height * width;

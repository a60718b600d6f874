class Duration {
  count = 0;
  ns = 0;

  add(milliseconds: number): void {
    this.count++;
    this.ns += Math.round(milliseconds * 1e6);
  }
}

const none = () => ({ count: 0, ns: 0 });

/** Counts and times of a model's inferences. */
export class Statistics {
  private readonly success = new Duration();
  private readonly failure = new Duration();
  private readonly queue = new Duration();
  private readonly compute = new Duration();
  private lastInference = 0;

  /** Count an inference that waited and then ran, in ms. */
  count(succeeded: boolean, waitedMs: number, ranMs: number): void {
    this.lastInference = Date.now();
    (succeeded ? this.success : this.failure).add(waitedMs + ranMs);
    if (!succeeded) return;
    this.queue.add(waitedMs);
    this.compute.add(ranMs);
  }

  /** How long an inference that succeeds takes, in ms; 0 if there was none. */
  meanMs(): number {
    return this.compute.count === 0 ? 0 : this.compute.ns / this.compute.count / 1e6;
  }

  /** The statistics with Triton's names. */
  toJson(name: string, version: string): object {
    const { count, ns } = this.compute;
    // Inputs and outputs take no time of their own here.
    const compute = {
      compute_input: { count, ns: 0 },
      compute_infer: { count, ns },
      compute_output: { count, ns: 0 },
    };
    return {
      name,
      version,
      last_inference: this.lastInference,
      inference_count: this.success.count,
      execution_count: this.success.count + this.failure.count,
      inference_stats: {
        success: { ...this.success },
        fail: { ...this.failure },
        queue: { ...this.queue },
        ...compute,
        cache_hit: none(),
        cache_miss: none(),
      },
      response_stats: {},
      batch_stats: count === 0 ? [] : [{ batch_size: 1, ...compute }],
      memory_usage: [],
    };
  }
}

import type { Results } from "./results";

/** One call of a batch failed, and with it the batch; nothing of it runs any more. */
export class BatchError extends Error {
  override readonly name = "BatchError";
  /** Which of the inputs failed. */
  readonly index: number;
  /** The results so far by the index of their inputs, with gaps. */
  readonly results: readonly (Results | undefined)[];

  constructor(index: number, count: number, results: readonly (Results | undefined)[], cause: unknown) {
    const said = cause instanceof Error ? cause.message : String(cause);
    const done = Object.keys(results).length;
    super(`${said} (batches[${index}] of ${count}; done so far: ${done}, in this error's results)`, {
      cause,
    });
    this.index = index;
    this.results = results;
  }
}

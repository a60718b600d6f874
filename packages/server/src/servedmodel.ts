import { setImmediate } from "node:timers/promises";
import { ProtocolError, type Tensor } from "@bioengine/triton";
import type { Model, ModelCall, ModelRun } from "./model";
import { Statistics } from "./statistics";

/** A model in service: loaded on first use, one request at a time, in the order in which they came. */
export class ServedModel {
  readonly statistics: Statistics = new Statistics();
  /** Why it could not be loaded, the last time that was tried. */
  failure: string | undefined;
  private loading: Promise<ModelRun> | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(readonly model: Model) {}

  /** Whether it can run: loads it, if that has not been done. */
  async isReady(): Promise<boolean> {
    try {
      await this.load();
      return true;
    } catch {
      // The reason is kept as `failure`.
      return false;
    }
  }

  /**
   * Run it when its turn comes.
   *
   * @throws the signal's reason if nobody waits any more when its turn comes
   * @throws {ProtocolError} if it can't be loaded, or refuses the inputs
   */
  run(call: ModelCall): Promise<readonly Tensor[]> {
    const asked = performance.now();
    const result = this.last.then(async () => {
      // Lets the server notice, after a run that took long, which clients have gone meanwhile.
      await setImmediate();
      call.signal.throwIfAborted();
      const run = await this.load();
      const started = performance.now();
      const count = (succeeded: boolean) =>
        this.statistics.count(succeeded, started - asked, performance.now() - started);
      try {
        const outputs = await run(call);
        count(true);
        return outputs;
      } catch (error) {
        count(false);
        throw this.refusal(error);
      }
    });
    // The one who asked gets the error; the next in the queue needs only the turn.
    const over = () => undefined;
    this.last = result.then(over, over);
    return result;
  }

  /** Resolves when no request runs or waits any more. */
  async idle(): Promise<void> {
    await this.last;
  }

  private load(): Promise<ModelRun> {
    this.loading ??= this.model.load().then(
      (run) => {
        this.failure = undefined;
        return run;
      },
      (error: unknown) => {
        this.loading = undefined;
        this.failure = error instanceof Error ? error.message : String(error);
        throw new ProtocolError(500, `failed to load '${this.model.name}', ${this.failure}`);
      },
    );
    return this.loading;
  }

  private refusal(error: unknown): ProtocolError {
    if (error instanceof ProtocolError) return error;
    console.error(error);
    return new ProtocolError(
      500,
      `Failed to process the request(s) for model '${this.model.name}', message: ${String(error)}`,
    );
  }
}

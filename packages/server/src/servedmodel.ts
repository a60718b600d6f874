import { setImmediate } from "node:timers/promises";
import { ProtocolError, type Tensor } from "@bioengine/triton";
import { BusyError } from "./busyerror";
import type { Model, ModelCall, ModelRun } from "./model";
import { Sequences } from "./sequences";
import { Statistics } from "./statistics";

/** Most requests that wait for a model. */
const queueLength = 64;

interface Waiter {
  begin(): void;
  refuse(reason: unknown): void;
}

/** A model in service: loaded on first use, one request at a time, in the order in which they came. */
export class ServedModel {
  readonly statistics: Statistics = new Statistics();
  /** If its requests belong to sequences. */
  readonly sequences: Sequences | undefined;
  /** Why it could not be loaded, the last time that was tried. */
  failure: string | undefined;
  private loading: Promise<ModelRun> | undefined;
  private running: Promise<void> | undefined;
  private readonly waiters: Set<Waiter> = new Set();
  private closing: Error | undefined;

  constructor(readonly model: Model) {
    const { name, sequenceIdleMs } = model;
    this.sequences = sequenceIdleMs === undefined ? undefined : new Sequences(name, sequenceIdleMs);
  }

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
   * Check that one more request can wait.
   *
   * @throws {BusyError} if too many do
   */
  checkRoom(): void {
    if (this.closing !== undefined) throw this.closing;
    if (this.waiters.size < queueLength) return;
    const seconds = (queueLength * this.statistics.meanMs()) / 1000;
    throw new BusyError(
      `Cannot run ${this.model.name}: at most ${queueLength} requests may wait, and so many do`,
      Math.min(60, Math.max(1, Math.ceil(seconds))),
    );
  }

  /**
   * Run it when its turn comes.
   *
   * @throws the signal's reason if nobody waits any more before its turn comes
   * @throws {BusyError} if too many wait already
   * @throws {ProtocolError} if it can't be loaded, or refuses the inputs
   */
  async run(call: ModelCall): Promise<readonly Tensor[]> {
    const asked = performance.now();
    const over = await this.turn(call.signal);
    try {
      // Lets the server notice, after a run that took long, which clients have gone meanwhile.
      await setImmediate();
      call.signal.throwIfAborted();
      call.sequence?.begin();
      return await this.compute(call, asked);
    } finally {
      over();
    }
  }

  /** Resolves when no request runs or waits any more. */
  async idle(): Promise<void> {
    while (this.running !== undefined) await this.running;
  }

  /** Refuse the requests that wait and all that come, with a reason; the one that runs goes on. */
  close(reason: Error): void {
    this.closing = reason;
    for (const waiter of [...this.waiters]) waiter.refuse(reason);
  }

  /** Wait for a turn. @returns what ends it */
  private async turn(signal: AbortSignal): Promise<() => void> {
    this.checkRoom();
    signal.throwIfAborted();
    if (this.running !== undefined) await this.wait(signal);
    let end = () => {};
    this.running = new Promise((resolve) => {
      end = resolve;
    });
    return () => {
      const [next] = this.waiters;
      if (next === undefined) this.running = undefined;
      else next.begin();
      end();
    };
  }

  private wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.waiters.delete(waiter);
        signal.removeEventListener("abort", abort);
      };
      const waiter: Waiter = {
        begin() {
          leave();
          resolve();
        },
        refuse(reason) {
          leave();
          reject(reason);
        },
      };
      const abort = () => waiter.refuse(signal.reason);
      signal.addEventListener("abort", abort);
      this.waiters.add(waiter);
    });
  }

  private async compute(call: ModelCall, asked: number): Promise<readonly Tensor[]> {
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
      call.signal.throwIfAborted();
      throw this.refusal(error);
    }
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

import { onOwnStack } from "./ownstack";

/** What a cell that was stopped fails with; its stack says where. */
export class KeyboardInterrupt extends Error {
  override readonly name = "KeyboardInterrupt";

  /** @param stack lines of the stack, `    at …` */
  constructor(stack: string) {
    super("the cell was interrupted");
    this.stack = [`${this.name}: ${this.message}`, stack].filter(Boolean).join("\n");
  }
}

/** Lets a value pass unless the run that waited for it was interrupted. */
type Pass = <T>(value: T) => T;

/**
 * What cells have around each `await`: what was stopped while it waited doesn't go on when the wait is over.
 *
 * Called before the wait with its place in the cell, counted from 1.
 */
export interface Checkpoint {
  (line: number, column: number): Pass;
  /** The items of a `for await`, each let pass likewise. */
  each<T>(line: number, column: number, items: AsyncIterable<T> | Iterable<T>): AsyncIterable<Awaited<T>>;
}

const letPass: Pass = (value) => value;

let latest: Run | undefined;

/** One run of a cell, which can be stopped. */
export class Run {
  readonly #interruption: Promise<never>;
  #reject: (reason: KeyboardInterrupt) => void = () => {};
  #interrupt: KeyboardInterrupt | undefined;
  /** How many wait at a place, which is a line of a stack; the latest is the last. */
  readonly #waits = new Map<string, number>();

  /** @param file what the stacks of waits call the cell's own text */
  static checkpointOf(file: string): Checkpoint {
    const stackLine = (line: number, column: number): string => `    at ${file}:${line}:${column}`;
    return Object.assign(
      (line: number, column: number): Pass => (latest ? latest.#wait(stackLine(line, column)) : letPass),
      {
        async *each<T>(line: number, column: number, items: AsyncIterable<T> | Iterable<T>) {
          const run = latest;
          const wait = (): Pass => (run ? run.#wait(stackLine(line, column)) : letPass);
          let pass = wait();
          for await (const item of items) {
            yield pass(item);
            pass = wait();
          }
        },
      },
    );
  }

  /** No cell runs: what goes on beside cells, such as a comm's handler, isn't stopped for one that was interrupted. */
  static readonly leave = (): void => {
    latest = undefined;
  };

  /** A check whether the latest run was interrupted since. */
  static get pass(): Pass {
    return latest ? latest.#pass : letPass;
  }

  readonly #pass: Pass = (value) => {
    if (this.#interrupt) throw this.#interrupt;
    return value;
  };

  constructor() {
    this.#interruption = new Promise((_, reject) => {
      this.#reject = reject;
    });
    // An interrupt may come when nobody waits any more.
    this.#interruption.catch(() => {});
  }

  /**
   * Do work as part of this run.
   *
   * @returns what the work returns
   * @throws {KeyboardInterrupt} as soon as the run is interrupted
   */
  do<T>(work: () => Promise<T>): Promise<T> {
    if (this.#interrupt) return Promise.reject(this.#interrupt);
    latest = this;
    const done = new Promise<T>((resolve) => onOwnStack(() => resolve(work())));
    return Promise.race([done, this.#interruption]);
  }

  /** @param stack where the run was cut off; where it waits if it wasn't */
  interrupt(stack?: string): void {
    this.#interrupt ??= new KeyboardInterrupt(stack ?? [...this.#waits.keys()].at(-1) ?? "");
    this.#reject(this.#interrupt);
  }

  #wait(stackLine: string): Pass {
    const others = this.#waits.get(stackLine) ?? 0;
    this.#waits.delete(stackLine);
    this.#waits.set(stackLine, others + 1);
    return (value) => {
      const rest = (this.#waits.get(stackLine) ?? 1) - 1;
      if (rest > 0) this.#waits.set(stackLine, rest);
      else this.#waits.delete(stackLine);
      return this.#pass(value);
    };
  }
}

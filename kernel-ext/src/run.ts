/** What a cell that was stopped fails with. */
export class KeyboardInterrupt extends Error {
  override readonly name = "KeyboardInterrupt";

  constructor() {
    super("the cell was interrupted");
  }
}

let latest: Run | undefined;

/** See {@link Run.checkpoint}. */
export interface Checkpoint {
  (): <T>(value: T) => T;
  /** The items of a `for await`, each let pass likewise. */
  each<T>(items: AsyncIterable<T> | Iterable<T>): AsyncIterable<Awaited<T>>;
}

async function* passEach<T>(items: AsyncIterable<T> | Iterable<T>): AsyncGenerator<Awaited<T>> {
  const pass = Run.checkpoint();
  for await (const item of items) yield pass(item);
}

/** One run of a cell, which can be stopped. */
export class Run {
  readonly #interruption: Promise<never>;
  #reject: (reason: KeyboardInterrupt) => void = () => {};
  #isInterrupted = false;

  /**
   * Takes note of what is running, and returns a function that lets a value pass unless that was interrupted since.
   *
   * Cells have it around each `await`: what was stopped while it waited doesn't go on when the wait is over.
   */
  static readonly checkpoint: Checkpoint = Object.assign(
    (): (<T>(value: T) => T) => (latest ? latest.#pass : (value) => value),
    { each: passEach },
  );

  readonly #pass = <T>(value: T): T => {
    if (this.#isInterrupted) throw new KeyboardInterrupt();
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
    latest = this;
    // On a stack of its own: when it is cut off in the middle, whoever waits for it here goes on.
    const done = new Promise<T>((resolve) => setImmediate(() => resolve(work())));
    return Promise.race([done, this.#interruption]);
  }

  interrupt(): void {
    this.#isInterrupted = true;
    this.#reject(new KeyboardInterrupt());
  }
}

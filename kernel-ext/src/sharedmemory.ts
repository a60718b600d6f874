const SHIELD = 0;
const BACKLOG = 1;
const BACKLOG_LIMIT = 4_000_000;

/** What both threads must know at once, while the main thread may be in an endless loop. */
export class SharedMemory {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(8)) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer);
  }

  /** Do work of the kernel itself that an interrupt must not cut, such as the compiler's. Doesn't nest. */
  shield<T>(work: () => T): T {
    Atomics.store(this.#words, SHIELD, 1);
    try {
      return work();
    } finally {
      Atomics.store(this.#words, SHIELD, 0);
    }
  }

  get isShielded(): boolean {
    return Atomics.load(this.#words, SHIELD) === 1;
  }

  /** Count text on its way to the other thread; waits while too much of it is. */
  addBacklog(text: string): void {
    Atomics.add(this.#words, BACKLOG, sizeOf(text));
    for (let backlog = this.#backlog; backlog > BACKLOG_LIMIT; backlog = this.#backlog) {
      Atomics.wait(this.#words, BACKLOG, backlog);
    }
  }

  /** Count text that has come. */
  takeBacklog(text: string): void {
    Atomics.sub(this.#words, BACKLOG, sizeOf(text));
    Atomics.notify(this.#words, BACKLOG);
  }

  get #backlog(): number {
    return Atomics.load(this.#words, BACKLOG);
  }
}

/** Roughly the memory of a message with this text. */
const sizeOf = (text: string): number => text.length + 200;

const SHIELD = 0;
const BACKLOG = 1;
const BACKLOG_LIMIT = 4_000_000;
const STACK_SIZE = 2;
const BEGUN = 3;
const STACK = 16;
const STACK_LIMIT = 8000;

/** Roughly the memory of a message beside its text. */
const MESSAGE_SIZE = 200;

/** What both threads must know at once, while the main thread may be in an endless loop. */
export class SharedMemory {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(STACK + STACK_LIMIT)) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer, 0, STACK / 4);
  }

  /** Do work of the kernel itself that an interrupt must not cut, such as the compiler's. */
  shield<T>(work: () => T): T {
    Atomics.add(this.#words, SHIELD, 1);
    try {
      return work();
    } finally {
      Atomics.sub(this.#words, SHIELD, 1);
    }
  }

  get isShielded(): boolean {
    return Atomics.load(this.#words, SHIELD) > 0;
  }

  /** The number after that of the cell that the main thread began last: one that was cut off before that is lost. */
  get begun(): number {
    return Atomics.load(this.#words, BEGUN);
  }

  set begun(next: number) {
    Atomics.store(this.#words, BEGUN, next);
  }

  /**
   * Count what goes to the other thread now; waits first while too much is on its way.
   *
   * @param size characters and bytes
   */
  addBacklog(size: number): void {
    for (let backlog = this.#backlog; backlog > BACKLOG_LIMIT; backlog = this.#backlog) {
      Atomics.wait(this.#words, BACKLOG, backlog);
    }
    Atomics.add(this.#words, BACKLOG, size + MESSAGE_SIZE);
  }

  /** Count what has come. */
  takeBacklog(size: number): void {
    Atomics.sub(this.#words, BACKLOG, size + MESSAGE_SIZE);
    Atomics.notify(this.#words, BACKLOG);
  }

  /** Leave the stack of what is about to be cut off. */
  putStack(stack: string): void {
    const bytes = Buffer.from(stack).subarray(0, STACK_LIMIT);
    new Uint8Array(this.buffer, STACK).set(bytes);
    Atomics.store(this.#words, STACK_SIZE, bytes.length);
  }

  /** Take the stack of what was cut off; `undefined` if nothing was. */
  takeStack(): string | undefined {
    const size = Atomics.exchange(this.#words, STACK_SIZE, 0);
    return size === 0 ? undefined : Buffer.from(new Uint8Array(this.buffer, STACK, size)).toString();
  }

  get #backlog(): number {
    return Atomics.load(this.#words, BACKLOG);
  }
}

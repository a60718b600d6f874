import { Session } from "node:inspector";
import type { SharedMemory } from "./sharedmemory";

/** How long the main thread may take to answer before what it runs is cut off, in ms. */
const PATIENCE_MS = 50;

/**
 * Stops what the main thread does, from outside of it.
 *
 * A thread that waits in its event loop stops by itself when told. One that doesn't answer is in a loop, whatever it
 * was entered from, and the inspector cuts it off there; variables keep their values.
 */
export class Interrupter {
  readonly #tell: () => void;
  readonly #memory: SharedMemory;
  #settle: (() => void) | undefined;
  #settled: Promise<void> = Promise.resolve();

  constructor(tell: () => void, memory: SharedMemory) {
    this.#tell = tell;
    this.#memory = memory;
  }

  /** Settles when no interrupt is on its way: only then may the main thread get new work. */
  get settled(): Promise<void> {
    return this.#settled;
  }

  interrupt(): void {
    this.#tell();
    if (this.#settle) return;
    this.#settled = new Promise((resolve) => {
      this.#settle = resolve;
    });
    setTimeout(() => this.#check(), PATIENCE_MS);
  }

  /** The main thread has answered. */
  acknowledge(): void {
    this.#settle?.();
    this.#settle = undefined;
  }

  #check(): void {
    if (!this.#settle) return;
    if (this.#memory.isShielded) setTimeout(() => this.#check(), PATIENCE_MS);
    else this.#cutOff();
  }

  #cutOff(): void {
    const session = new Session();
    session.connectToMainThread();
    session.post("Runtime.terminateExecution", () => {
      session.disconnect();
      // The one who was told may be what was cut off.
      this.#tell();
      setTimeout(() => this.#check(), PATIENCE_MS);
    });
  }
}

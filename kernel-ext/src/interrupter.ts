import { type Debugger, Session } from "node:inspector";
import { fileURLToPath } from "node:url";
import type { SharedMemory } from "./sharedmemory";
import { isInternal } from "./stacktrace";

/** How long the main thread may take to answer before what it runs is cut off, in ms. */
const PATIENCE_MS = 50;
/** How long it may take to stand still, so that it can be seen where it is, in ms. */
const PAUSE_MS = 200;

/**
 * Stops what the main thread does, from outside of it.
 *
 * A thread that waits in its event loop stops by itself when told. One that doesn't answer is in a loop, whatever it
 * was entered from, and the inspector cuts it off there; variables keep their values.
 */
export class Interrupter {
  readonly #order: (number: number) => void;
  readonly #memory: SharedMemory;
  /** How often the main thread was told. */
  #told = 0;
  #settle: (() => void) | undefined;
  #settled: Promise<void> = Promise.resolve();
  #cut: Cut | undefined;

  /** @param order tells the main thread, by a number that counts up from 1 */
  constructor(order: (number: number) => void, memory: SharedMemory) {
    this.#order = order;
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
    this.#wait();
  }

  /**
   * The main thread has answered.
   *
   * @param number of the order; only the latest one's answer says that none is left that could stop later work
   * @returns whether no interrupt is on its way any more
   */
  acknowledge(number: number): boolean {
    // What is being cut off already would cut what comes next.
    if (number < this.#told || this.#cut?.cancel() === false) return false;
    this.#cut = undefined;
    this.#settle?.();
    this.#settle = undefined;
    return true;
  }

  #tell(): void {
    this.#told++;
    this.#order(this.#told);
  }

  #wait(): void {
    setTimeout(() => this.#check(), PATIENCE_MS);
  }

  #check(): void {
    if (!this.#settle || this.#cut) return;
    if (this.#memory.isShielded) {
      this.#wait();
      return;
    }
    this.#cut = new Cut(this.#memory, () => {
      this.#cut = undefined;
      // The one who was told may be what was cut off.
      this.#tell();
      this.#wait();
    });
  }
}

/** One attempt to cut off what the main thread runs. */
class Cut {
  readonly #session = new Session();
  readonly #memory: SharedMemory;
  readonly #done: () => void;
  readonly #files = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #isTerminating = false;

  /**
   * @param memory gets the stack of what is cut off, if it is seen
   * @param done called when it is over
   */
  constructor(memory: SharedMemory, done: () => void) {
    this.#memory = memory;
    this.#done = done;
    const session = this.#session;
    session.connectToMainThread();
    session.on("Debugger.scriptParsed", ({ params: { scriptId, url } }) => {
      this.#files.set(scriptId, url.startsWith("file:") ? fileURLToPath(url) : url);
    });
    session.on("Debugger.paused", ({ params: { callFrames } }) => this.#paused(callFrames));
    session.post("Debugger.enable", (error) => {
      // What isn't in JavaScript, such as a regular expression, doesn't pause.
      if (error === null && !this.#isTerminating) this.#timer = setTimeout(() => this.#terminate(), PAUSE_MS);
    });
    session.post("Debugger.pause");
  }

  /** Let the main thread go on; false if it is too late for that. */
  cancel(): boolean {
    if (this.#isTerminating) return false;
    this.#close();
    return true;
  }

  #paused(frames: readonly Debugger.CallFrame[]): void {
    if (this.#isTerminating) {
      this.#session.post("Debugger.resume");
    } else if (frames.every((frame) => isInternal(this.#fileOf(frame)))) {
      // The kernel's own work comes to an end.
      this.#end();
    } else {
      this.#memory.putStack(frames.map((frame) => this.#stackLine(frame)).join("\n"));
      this.#terminate();
      this.#session.post("Debugger.resume");
    }
  }

  #terminate(): void {
    clearTimeout(this.#timer);
    if (this.#memory.isShielded) {
      this.#end();
      return;
    }
    this.#isTerminating = true;
    this.#session.post("Runtime.terminateExecution", () => this.#end());
  }

  #end(): void {
    this.#close();
    this.#done();
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#session.disconnect();
  }

  #fileOf({ location }: Debugger.CallFrame): string {
    return this.#files.get(location.scriptId) ?? "";
  }

  #stackLine(frame: Debugger.CallFrame): string {
    const { functionName, location } = frame;
    const place = `${this.#fileOf(frame)}:${location.lineNumber + 1}:${(location.columnNumber ?? 0) + 1}`;
    return `    at ${functionName ? `${functionName} (${place})` : place}`;
  }
}

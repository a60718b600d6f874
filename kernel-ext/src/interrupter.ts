import { type Debugger, Session } from "node:inspector";
import { fileURLToPath } from "node:url";
import type { SharedMemory } from "./sharedmemory";

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
    let isTerminated = false;
    const terminate = (): void => {
      if (isTerminated) return;
      isTerminated = true;
      clearTimeout(timer);
      session.post("Runtime.terminateExecution", () => {
        session.disconnect();
        // The one who was told may be what was cut off.
        this.#tell();
        setTimeout(() => this.#check(), PATIENCE_MS);
      });
    };
    // What isn't in JavaScript, such as a regular expression, doesn't pause.
    const timer = setTimeout(terminate, PAUSE_MS);
    const files = new Map<string, string>();
    session.on("Debugger.scriptParsed", ({ params: { scriptId, url } }) => {
      files.set(scriptId, url.startsWith("file:") ? fileURLToPath(url) : url);
    });
    session.on("Debugger.paused", ({ params }) => {
      this.#memory.putStack(params.callFrames.map((frame) => stackLine(frame, files)).join("\n"));
      terminate();
      // Also when the pause comes after the patience with it has ended.
      session.post("Debugger.resume");
    });
    session.post("Debugger.enable");
    session.post("Debugger.pause");
  }
}

function stackLine({ functionName, location }: Debugger.CallFrame, files: Map<string, string>): string {
  const { scriptId, lineNumber, columnNumber = 0 } = location;
  const place = `${files.get(scriptId)}:${lineNumber + 1}:${columnNumber + 1}`;
  return `    at ${functionName ? `${functionName} (${place})` : place}`;
}

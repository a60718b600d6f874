import { randomUUID } from "node:crypto";
import type { MimeBundle } from "@bioengine/mime";

/** What tslab keeps to write to the running cell; the BioEngine kernel puts its own in the same place. */
type Publisher = (
  content: { data: Record<string, unknown>; metadata: Record<string, unknown>; transient: object },
  update: boolean,
) => void;

const jupyterModule = /[\\/]tslab[\\/]dist[\\/]jupyter\.js$/;

/**
 * Show a bundle in the running cell; outside of a kernel print its text.
 *
 * A library's own `require("tslab")` may be another copy, which is not the running one: the module that the process
 * has loaded and that a cell has set is.
 */
export function publish(bundle: MimeBundle): void {
  const publisher = runningPublisher();
  if (publisher) publisher({ data: bundle.data, metadata: bundle.metadata, transient: {} }, false);
  else console.log(String(bundle.data["text/plain"] ?? Object.keys(bundle.data).join(", ")));
}

/**
 * A place in the running cell's output, which shows one bundle at a time, also after the cell's end.
 *
 * @returns what puts a bundle there, instead of the one before; undefined outside of a kernel
 */
export function displayPlace(): ((bundle: MimeBundle) => void) | undefined {
  const publisher = runningPublisher();
  if (!publisher) return undefined;
  const transient = { display_id: randomUUID() };
  let isTaken = false;
  return ({ data, metadata }) => {
    publisher({ data, metadata, transient }, isTaken);
    isTaken = true;
  };
}

/**
 * Whether a cell's last value is printed with `console.log`, as tslab does, rather than shown by its bundle.
 *
 * A kernel that shows bundles says so by a property `Symbol.for("Jupyter.display")` on its publisher.
 */
export function printsLastValue(): boolean {
  const publisher = runningPublisher();
  return publisher !== undefined && !(Symbol.for("Jupyter.display") in publisher);
}

/** Where the event `interrupt` can be listened for: of `EventTarget`, whose type not every TypeScript has at hand. */
export interface InterruptEvents {
  addEventListener(type: "interrupt", listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: "interrupt", listener: () => void): void;
}

/** Has an event `interrupt` whenever the notebook's user stops a cell; undefined in tslab and outside of a kernel. */
export function notebookInterrupts(): InterruptEvents | undefined {
  const publisher = runningPublisher();
  const interrupts: unknown = publisher && Reflect.get(publisher, Symbol.for("Jupyter.interrupt"));
  return interrupts instanceof EventTarget ? interrupts : undefined;
}

/** Tells of the stop button. */
export interface InterruptWatch {
  /** Aborted when the cell is stopped. */
  readonly signal: AbortSignal;
  /** Watch no longer. */
  end(): void;
}

/**
 * Watch for the notebook's stop button, or Ctrl-C: a kernel stops a cell, but not what a library does for it.
 *
 * Our kernel has events for it; tslab and a plain program get SIGINT, which then doesn't end the program the first
 * time.
 */
export function watchInterrupt(): InterruptWatch {
  const stop = new AbortController();
  const abort = () => stop.abort(new Error("the cell was interrupted"));
  const interrupts = notebookInterrupts();
  if (interrupts) {
    interrupts.addEventListener("interrupt", abort, { once: true });
    return { signal: stop.signal, end: () => interrupts.removeEventListener("interrupt", abort) };
  }
  process.once("SIGINT", abort);
  return { signal: stop.signal, end: () => process.off("SIGINT", abort) };
}

/** Keep the line break off the output that `console.log` writes after a text that is empty. */
export function swallowLineBreak(): void {
  const stdout = process.stdout;
  const write = stdout.write;
  const restore = () => {
    if (stdout.write === once) stdout.write = write;
  };
  const once = (...parts: Parameters<typeof write>): boolean => {
    restore();
    return parts[0] === "\n" || write.apply(stdout, parts);
  };
  stdout.write = once as typeof write;
  queueMicrotask(restore);
}

function runningPublisher(): Publisher | undefined {
  if (typeof require === "undefined") return undefined;
  for (const [path, loaded] of Object.entries(require.cache)) {
    if (!jupyterModule.test(path)) continue;
    const publisher: unknown = loaded?.exports?.lastWriteDisplayData;
    if (typeof publisher === "function") return publisher as Publisher;
  }
  return undefined;
}

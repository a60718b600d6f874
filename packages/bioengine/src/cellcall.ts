import { notebookInterrupts } from "@bioengine/display";
import type { AbortSignalLike } from "@bioengine/triton";

/**
 * Make a call as part of a notebook's cell: it ends, on the server too, when the cell is stopped.
 *
 * A plain program's Ctrl-C stays the program's own.
 *
 * @param signal the caller's own, if there is one
 */
export async function withCell<T>(
  signal: AbortSignalLike | undefined,
  call: (signal: AbortSignalLike | undefined) => Promise<T>,
): Promise<T> {
  const interrupts = notebookInterrupts();
  if (!interrupts) return call(signal);
  const stop = new AbortController();
  const interrupt = () => stop.abort(new Error("the cell was interrupted"));
  const abort = () => stop.abort(signal?.reason);
  interrupts.addEventListener("interrupt", interrupt);
  signal?.addEventListener("abort", abort);
  if (signal?.aborted) abort();
  try {
    return await call(stop.signal);
  } finally {
    interrupts.removeEventListener("interrupt", interrupt);
    signal?.removeEventListener("abort", abort);
  }
}

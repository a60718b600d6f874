import { randomUUID } from "node:crypto";
import type { TransferProgress } from "@bioengine/triton";

/** How often the engine is asked, in ms; a call that is over before that is never asked about. */
const everyMs = 400;

/**
 * Run a call of the embedded engine, and tell how many parts of a large image it has done meanwhile.
 *
 * @param url of the engine
 * @param requestId the caller's, if it has one
 * @param call runs the model, with the id to send
 */
export async function withRunningProgress<T>(
  url: string,
  modelName: string,
  requestId: string | undefined,
  onProgress: (progress: TransferProgress) => void,
  call: (requestId: string) => Promise<T>,
): Promise<T> {
  const id = requestId ?? randomUUID();
  const address = `${url}/v2/models/${encodeURIComponent(modelName)}/progress/${encodeURIComponent(id)}`;
  const ended = new AbortController();
  const timer = setInterval(async () => {
    try {
      const response = await fetch(address, { signal: ended.signal });
      if (!response.ok) return;
      const { done, total }: { done: number; total: number } = JSON.parse(await response.text());
      if (!ended.signal.aborted) onProgress({ phase: "running", loaded: done, total });
    } catch {
      // What goes wrong with the engine, the call itself reports.
    }
  }, everyMs);
  try {
    return await call(id);
  } finally {
    clearInterval(timer);
    ended.abort();
  }
}

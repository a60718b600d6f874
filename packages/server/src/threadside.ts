import { parentPort } from "node:worker_threads";
import type { ThreadMessage, ThreadOrder } from "./thread";

/** A thread's work on one request. */
export interface ThreadTask {
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/** What a thread answers, and which of its memory goes over with it. */
export interface ThreadResult<Answer> {
  readonly answer: Answer;
  readonly transfer?: readonly ArrayBuffer[];
}

/**
 * Answer the requests of a `Thread`, in the thread itself.
 *
 * @param work computes an answer; what it throws goes to the one who asked
 * @param end frees what the thread holds, before it ends
 */
export function answerRequests<Request, Answer>(
  work: (request: Request, task: ThreadTask) => Promise<ThreadResult<Answer>>,
  end: () => Promise<void> = async () => {},
): void {
  const port = parentPort;
  if (port === null)
    throw new Error("Cannot answer requests: this module must run in a thread, got the process");
  const send = (message: ThreadMessage<Answer>, transfer: readonly ArrayBuffer[] = []) =>
    port.postMessage(message, transfer);
  let running: AbortController | undefined;
  port.on("message", async (order: ThreadOrder<Request>) => {
    if (order === "abort") running?.abort();
    else if (order === "end") {
      await end();
      port.close();
    } else {
      running = new AbortController();
      const onProgress = (done: number, total: number) => send({ progress: [done, total] });
      try {
        const { answer, transfer } = await work(order.request, { signal: running.signal, onProgress });
        send({ answer }, transfer);
      } catch (error) {
        send({ error });
      } finally {
        running = undefined;
      }
    }
  });
}

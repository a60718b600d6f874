import { join } from "node:path";
import { type ResourceLimits, SHARE_ENV, Worker } from "node:worker_threads";

/** What a thread sends: how far it is, or how a request ended. */
export type ThreadMessage<Answer> =
  | { readonly progress: readonly [done: number, total: number] }
  | { readonly answer: Answer }
  | { readonly error: unknown };

/** What a thread is sent: a request, that nobody waits for it any more, or that there will be no other. */
export type ThreadOrder<Request> = { readonly request: Request } | "abort" | "end";

/** How a request to a thread is made. */
export interface ThreadCall {
  /** Memory that goes over to the thread; the request's other memory is copied. */
  readonly transfer?: readonly ArrayBuffer[];
  /** Its abort is passed on; the thread stops where it can. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * A thread that answers requests, one at a time: the server goes on answering while it computes. It starts with the
 * first request. If it dies, for want of memory say, the call fails and the next one starts another.
 */
export class Thread<Request, Answer> {
  private worker: Worker | undefined;

  /**
   * @param file name of its module, from this folder and without extension
   * @param data for the module, as `workerData`
   * @param limits of its memory; it dies when it needs more
   */
  constructor(
    private readonly file: string,
    private readonly data: unknown,
    private readonly limits: ResourceLimits = {},
  ) {}

  /**
   * The thread's answer to a request. To be called again only after an answer.
   *
   * @throws the signal's reason if it is aborted and the thread has stopped
   * @throws whatever the thread throws; an error if it ends
   */
  async ask(request: Request, { transfer = [], signal, onProgress }: ThreadCall = {}): Promise<Answer> {
    const worker = this.started();
    const abort = () => worker.postMessage("abort" satisfies ThreadOrder<Request>);
    signal?.addEventListener("abort", abort);
    let stopListening = () => {};
    try {
      return await new Promise<Answer>((resolve, reject) => {
        const died = (code: number) =>
          reject(new Error(`the thread of the model has ended with code ${code}`));
        const receive = (message: ThreadMessage<Answer>) => {
          if ("progress" in message) onProgress?.(...message.progress);
          else if ("answer" in message) resolve(message.answer);
          else reject(message.error);
        };
        worker.on("message", receive).once("error", reject).once("exit", died);
        stopListening = () => worker.off("message", receive).off("error", reject).off("exit", died);
        worker.postMessage({ request } satisfies ThreadOrder<Request>, transfer);
        if (signal?.aborted) abort();
      });
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      stopListening();
      signal?.removeEventListener("abort", abort);
    }
  }

  /** End the thread and free what it holds; it must not be computing. */
  async close(): Promise<void> {
    const { worker } = this;
    if (worker === undefined) return;
    const ended = new Promise((resolve) => worker.once("exit", resolve));
    worker.ref();
    worker.postMessage("end" satisfies ThreadOrder<Request>);
    await ended;
  }

  private started(): Worker {
    if (this.worker !== undefined) return this.worker;
    // From here and from the sources alike: a thread runs what was built.
    const file = join(__dirname, "../dist", `${this.file}.js`);
    // The process' own environment, where ONNX Runtime reads what the thread sets.
    const worker = new Worker(file, {
      workerData: this.data,
      resourceLimits: this.limits,
      env: SHARE_ENV,
    });
    const forget = () => {
      if (this.worker === worker) this.worker = undefined;
    };
    worker.on("error", forget).on("exit", forget);
    // An idle thread must not keep the process alive; a request does.
    worker.unref();
    this.worker = worker;
    return worker;
  }
}

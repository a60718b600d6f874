import type { AbortSignalLike } from "./calloptions";
import { TimeoutError } from "./error";

/** Longest delay that timers keep; a longer one would fire at once. */
const longest = 2 ** 31 - 1;

/**
 * Run something that ends when the caller aborts, or the time is up, or when it calls `fail`.
 *
 * @param timeoutMs 1 to 2^31 - 1 ms; undefined: no limit
 * @throws {RangeError} if `timeoutMs` is out of range
 * @throws {TimeoutError} if the time was up first
 * @throws the signal's reason if it was aborted first
 */
export async function withDeadline<T>(
  action: string,
  signal: AbortSignalLike | undefined,
  timeoutMs: number | undefined,
  run: (signal: AbortSignal, fail: (reason: unknown) => void) => Promise<T>,
): Promise<T> {
  if (timeoutMs !== undefined && !(timeoutMs >= 1 && timeoutMs <= longest)) {
    throw new RangeError(`Cannot ${action}: timeoutMs must be 1 to ${longest}, got ${timeoutMs}`);
  }
  const controller = new AbortController();
  // Without a reason, abort() makes the platform's AbortError.
  const abort = () => controller.abort(signal?.reason);
  const timer =
    timeoutMs === undefined
      ? undefined
      : setTimeout(
          () =>
            controller.abort(
              new TimeoutError(`Cannot ${action}: no answer within timeoutMs, ${timeoutMs} ms`, timeoutMs),
            ),
          timeoutMs,
        );
  signal?.addEventListener("abort", abort);
  if (signal?.aborted) abort();
  try {
    controller.signal.throwIfAborted();
    return await run(controller.signal, (reason) => controller.abort(reason));
  } catch (error) {
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

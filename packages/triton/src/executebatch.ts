import { checkOptions } from "@bioengine/ndarray";
import { BatchError } from "./batcherror";
import { ConnectionError, DecodeError, HttpError, InputError, TimeoutError } from "./error";
import { type ExecuteOptions, execute } from "./execute";
import { inferOptionNames } from "./inferoptions";
import type { Inputs } from "./input";
import { checkModelName } from "./modelname";
import type { Results } from "./results";
import { runSchedule, TaskError } from "./schedule";
import { normalizeServerUrl } from "./serverurl";

type Shared = Omit<
  ExecuteOptions,
  "inputs" | "serverUrl" | "onProgress" | "sequenceId" | "sequenceStart" | "sequenceEnd"
>;

/** What `executeBatch` runs, and where. `timeoutMs` is the longest time for one call. */
export interface ExecuteBatchOptions extends Shared {
  /** The inputs of each call, as `execute` takes them. */
  batches: readonly Inputs[];
  /** The server's URL, or those of several servers that have the same model. */
  serverUrl: string | readonly string[];
  /** How many calls run at once on each server, from 1; default: 1. */
  batchSize?: number;
  /**
   * Called in order, as soon as the results of the next `batchSize` calls are there.
   *
   * @param start index of the first of them
   */
  onBatchEnd?: (start: number, results: readonly Results[]) => void;
}

const optionNames: readonly string[] = [
  "batches",
  "serverUrl",
  "modelName",
  "modelVersion",
  "batchSize",
  "onBatchEnd",
  ...inferOptionNames.filter((name) => name !== "onProgress"),
];

/**
 * Run a model on many inputs, several at once, on one Triton server or spread over several.
 *
 * A server that can't be reached, doesn't answer in time or doesn't have the model gets no further inputs, and the
 * other servers take over what it had. Each result says in `__info__.serverUrl` who made it.
 *
 * @param options.batches the inputs of each call
 * @param options.batchSize how many calls run at once on each server, from 1; default: 1
 * @param options.onBatchEnd called in order with the results of each `batchSize` calls
 * @returns the results, in the order of the inputs
 * @throws {BatchError} if a call fails, or no server is left: has the results so far, and the failed call's error as
 *   its `cause`
 * @example
 * const results = await executeBatch({
 *   batches: images.map((image) => [image, {}]),
 *   serverUrl: ["http://alpha:8000", "http://beta:8000"],
 *   modelName: "stardist",
 *   batchSize: 2,
 *   onBatchEnd: (start, results) => console.log(`${start + results.length} of ${images.length}`),
 * });
 */
export async function executeBatch(options: ExecuteBatchOptions): Promise<Results[]> {
  if (typeof options === "object" && options !== null && "inputs" in options) {
    throw new InputError(
      "Cannot execute a batch: inputs are for execute; write batches: [[image, {}], …], the inputs of each call",
    );
  }
  checkOptions({ action: "execute a batch", options: optionNames }, options);
  const { batches, serverUrl, batchSize = 1, onBatchEnd, signal, ...shared } = options;
  const action = `execute ${checkModelName(shared.modelName, "execute a batch")} on a batch`;
  if (!Array.isArray(batches)) {
    throw new InputError(
      `Cannot ${action}: batches must be an array of the inputs of each call; write batches: [[image, {}], …]`,
    );
  }
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new RangeError(`Cannot ${action}: batchSize must be a whole number from 1, got ${batchSize}`);
  }
  const places = serverUrls(serverUrl, action);
  const results: Results[] = [];
  let ended = 0;
  const controller = new AbortController();
  const abort = () => controller.abort(signal?.reason);
  signal?.addEventListener("abort", abort);
  if (signal?.aborted) abort();
  try {
    await runSchedule<Results>({
      count: batches.length,
      places,
      perPlace: batchSize,
      run: (index, place) =>
        execute({ ...shared, inputs: batches[index], serverUrl: place, signal: controller.signal }),
      blames: isServersFault,
      onDone(index, result) {
        results[index] = result;
        for (; ended < batches.length; ended += batchSize) {
          const group = results.slice(ended, Math.min(ended + batchSize, batches.length));
          if (Object.keys(group).length < Math.min(batchSize, batches.length - ended)) break;
          onBatchEnd?.(ended, group);
        }
      },
      abort: () => controller.abort(),
    });
    return results;
  } catch (error) {
    if (signal?.aborted) throw controller.signal.reason;
    if (!(error instanceof TaskError)) throw error;
    throw new BatchError(error.index, batches.length, results, error.cause);
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}

function serverUrls(serverUrl: string | readonly string[], action: string): string[] {
  if (!Array.isArray(serverUrl)) return [normalizeServerUrl(serverUrl, action)];
  if (serverUrl.length === 0) {
    throw new InputError(`Cannot ${action}: serverUrl must have at least one URL, got []`);
  }
  return [...new Set(serverUrl.map((url) => normalizeServerUrl(url, action)))];
}

/** Whether another server might do better. */
function isServersFault(error: unknown): boolean {
  if (error instanceof HttpError) return [404, 502, 503, 504].includes(error.status);
  return error instanceof ConnectionError || error instanceof TimeoutError || error instanceof DecodeError;
}

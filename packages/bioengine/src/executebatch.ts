import {
  BatchError,
  executeBatch as executeBatchOnServers,
  type Results,
  type ExecuteBatchOptions as ServerBatchOptions,
} from "@bioengine/triton";
import { withCell } from "./cellcall";
import { onEmbeddedEngine } from "./embedded";
import { linkInput } from "./linkinput";
import { guardResults } from "./resultguard";
import { readableResults } from "./resulttext";
import { batchBar } from "./waiting";

/** What `executeBatch` runs, and where; without `serverUrl`, on the embedded engine. */
export interface ExecuteBatchOptions extends Omit<ServerBatchOptions, "serverUrl"> {
  /** URL of a Triton server, or those of several that have the same model; default: the embedded engine. */
  serverUrl?: string | readonly string[];
}

/**
 * Run a model on many inputs, several at once, on one server or spread over several. In a notebook, a bar shows how
 * many are done.
 *
 * @param options.batches the inputs of each call, as `execute` takes them
 * @param options.serverUrl a Triton server, or several that have the same model: they share the work, and take over
 *   what one that is lost had; default: the embedded engine
 * @param options.batchSize how many calls run at once on each server, from 1; default: 1
 * @param options.onBatchEnd called in order with the index of the first, and the results, of each `batchSize` calls
 * @returns the results in the order of the inputs; `__info__.serverUrl` of each says who made it
 * @throws {BatchError} if a call fails, or no server is left: its `results` are those so far, its `cause` says why
 * @example
 * const results = await executeBatch({
 *   batches: images.map((image) => [image, {}]),
 *   modelName: "stardist",
 *   batchSize: 2,
 * });
 */
export async function executeBatch(options: ExecuteBatchOptions): Promise<Results[]> {
  const bar = batchBar(`execute ${options?.modelName} on a batch`, options?.batches?.length ?? 0);
  try {
    const onBatchEnd: ExecuteBatchOptions["onBatchEnd"] = (start, group) => {
      bar.update(start + group.length);
      options.onBatchEnd?.(start, group);
    };
    const results = await withCell(options?.signal, (signal) => run({ ...options, signal, onBatchEnd }));
    for (const [index, result] of results.entries()) linkInput(options.batches[index], result);
    bar.done();
    return results.map((result) => guardResults(readableResults(result)));
  } catch (error) {
    bar.failed();
    throw error;
  }
}

function run({ serverUrl, ...options }: ExecuteBatchOptions): Promise<Results[]> {
  if (serverUrl !== undefined) return executeBatchOnServers({ ...options, serverUrl });
  return onEmbeddedEngine(
    `execute ${options.modelName} on a batch`,
    (url) => executeBatchOnServers({ ...options, serverUrl: url }),
    (error, end) =>
      error instanceof BatchError
        ? new BatchError(error.index, options.batches.length, error.results, end)
        : end,
  );
}

import { type ExecuteOnHyphaOptions, executeOnHypha } from "@bioengine/hypha";
import {
  execute as executeOnServer,
  getConfig as getConfigOfServer,
  type ModelConfig,
  type Results,
  type ConfigOptions as ServerConfigOptions,
  type ExecuteOptions as ServerExecuteOptions,
  type TransferProgress,
} from "@bioengine/triton";
import { withCell } from "./cellcall";
import { onEmbeddedEngine } from "./embedded";
import { linkInput } from "./linkinput";
import type { ModelName } from "./modelname";
import { guardResults } from "./resultguard";
import { readableResults } from "./resulttext";
import { withRunningProgress } from "./runningprogress";
import { transferBar } from "./waiting";

/** What `execute` runs, and where: without `serverUrl`, on the engine that comes with the library. */
export interface ExecuteOptions extends Omit<ServerExecuteOptions, "serverUrl" | "modelName"> {
  /** e.g. `"cellpose-python"` or `"stardist"`. */
  modelName: ModelName;
  /** URL of a Triton server, e.g. `http://127.0.0.1:8000`; default: the embedded engine, started on first use. */
  serverUrl?: string;
  /** What the server is: `"triton"` (default), or `"hypha"` for BioEngine of today. */
  backend?: "triton";
}

/** What `execute` runs on BioEngine of today, a service of a Hypha server. */
export interface HyphaExecuteOptions extends ExecuteOnHyphaOptions {
  backend: "hypha";
}

/** Which model's configuration `getConfig` reads; without `serverUrl`, from the embedded engine. */
export interface ConfigOptions extends Omit<ServerConfigOptions, "serverUrl"> {
  serverUrl?: string;
}

/**
 * Run a model, and get its outputs by name. In a notebook, a bar shows that a slow call runs, how far large inputs and
 * outputs are, and how many parts of a large image the embedded engine has done.
 *
 * @param options.inputs one element per model input, in the model's order: an NdArray or typed array, a number, a
 *   string, a nested array, or a plain object of parameters; or an object of inputs by name
 * @param options.modelName e.g. `"cellpose-python"` (image float32 [c, y, x] and parameters) or `"stardist"`
 *   (image uint16 [y, x] and parameters)
 * @param options.serverUrl a Triton server; default: the embedded engine
 * @param options.backend `"hypha"`: `serverUrl` (default `https://hypha.aicell.io`) is BioEngine of today, and
 *   `modelName` the id of a model of bioimage.io, e.g. `"affable-shark"`
 * @param options.token for servers that want one
 * @param options.tls `{ ca }` for https with a private authority
 * @param options.signal aborts the call, on the server too
 * @param options.timeoutMs longest time for the call in ms
 * @returns the outputs by name, e.g. `mask`, uint16, 0 = background; `__info__` says which server and model made
 *   them, in how many milliseconds
 * @throws {TypeError | RangeError | Error} if an input's dtype, axes or name is not the model's; the message
 *   shows the corrected line
 * @throws {Error} if the server can't be reached or the model fails; the message says what to do
 * @example
 * const results = await execute({
 *   inputs: [image.expandDims(0).astype("float32"), { diameter: 30 }],
 *   modelName: "cellpose-python",
 * });
 * const mask = results.mask.at(0);
 */
// TypeScript explains a mistake by the type that comes last.
export async function execute(options: HyphaExecuteOptions | ExecuteOptions): Promise<Results> {
  const bar = transferBar(`execute ${options?.modelName}`, options?.onProgress);
  try {
    const results = await withCell(options?.signal, (signal) => run({ ...options, signal }, bar.onProgress));
    linkInput(options.inputs, results);
    bar.done();
    return guardResults(readableResults(results));
  } catch (error) {
    bar.failed();
    throw error;
  }
}

async function run(
  options: ExecuteOptions | HyphaExecuteOptions,
  onProgress: (progress: TransferProgress) => void,
): Promise<Results> {
  if (options.backend === "hypha") {
    const { backend, ...rest } = options;
    return executeOnHypha({ ...rest, onProgress });
  }
  const { backend = "triton", serverUrl, ...rest } = options;
  if (backend !== "triton") {
    throw new TypeError(`Cannot execute: backend must be "triton" or "hypha", got ${String(backend)}`);
  }
  if ("serviceId" in rest) throw new TypeError('Cannot execute: serviceId needs backend: "hypha", got none');
  if (serverUrl !== undefined) return await executeOnServer({ ...rest, serverUrl, onProgress });
  // Awaited for the stack of an error that comes at once.
  return await onEmbeddedEngine(`execute ${options.modelName}`, (url) =>
    withRunningProgress(url, options.modelName, rest.requestId, onProgress, (requestId) =>
      executeOnServer({ ...rest, serverUrl: url, onProgress, requestId }),
    ),
  );
}

/**
 * Read a model's configuration: the names, dtypes and shapes of its inputs and outputs.
 *
 * @param options.modelName e.g. `"stardist"`
 * @param options.serverUrl a Triton server; default: the embedded engine
 * @returns the configuration, with Triton's names
 * @throws {Error} if the server can't be reached or has no such model
 * @example
 * (await getConfig({ modelName: "stardist" })).input.map((input) => input.name);
 */
export async function getConfig(options: ConfigOptions): Promise<ModelConfig> {
  if (options?.serverUrl !== undefined)
    return getConfigOfServer({ ...options, serverUrl: options.serverUrl });
  return onEmbeddedEngine(`get the configuration of ${options?.modelName}`, (serverUrl) =>
    getConfigOfServer({ ...options, serverUrl }),
  );
}

import { linkImage } from "@bioengine/display";
import { NdArray } from "@bioengine/ndarray";
import {
  execute as executeOnServer,
  getConfig as getConfigOfServer,
  type ModelConfig,
  type Results,
  type ConfigOptions as ServerConfigOptions,
  type ExecuteOptions as ServerExecuteOptions,
} from "@bioengine/triton";
import { embeddedServerUrl } from "./embedded";

/** What `execute` runs, and where: without `serverUrl`, on the engine that comes with the library. */
export interface ExecuteOptions extends Omit<ServerExecuteOptions, "serverUrl"> {
  /** URL of a Triton server, e.g. `http://127.0.0.1:8000`; default: the embedded engine, started on first use. */
  serverUrl?: string;
}

/** Which model's configuration `getConfig` reads; without `serverUrl`, from the embedded engine. */
export interface ConfigOptions extends Omit<ServerConfigOptions, "serverUrl"> {
  serverUrl?: string;
}

/**
 * Run a model, and get its outputs by name.
 *
 * @param options.inputs one element per model input, in the model's order: an NdArray, a number, a string, a
 *   nested array, or a plain object of parameters; or an object of inputs by name
 * @param options.modelName e.g. `"cellpose-python"` (image float32 [c, y, x] and parameters) or `"stardist"`
 *   (image uint16 [y, x] and parameters)
 * @param options.serverUrl a Triton server; default: the embedded engine
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
export async function execute(options: ExecuteOptions): Promise<Results> {
  const serverUrl = options?.serverUrl ?? (await embeddedServerUrl());
  const results = await executeOnServer({ ...options, serverUrl });
  const inputs: readonly unknown[] = Array.isArray(options.inputs)
    ? options.inputs
    : Object.values(options.inputs);
  const image = inputs.find((input) => input instanceof NdArray);
  for (const output of Object.values(results)) {
    if (image instanceof NdArray && output instanceof NdArray && output.role === "labels")
      linkImage(output, image);
  }
  return results;
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
  return getConfigOfServer({ ...options, serverUrl: options?.serverUrl ?? (await embeddedServerUrl()) });
}

import { checkOptions, nearestName } from "@bioengine/ndarray";
import { type Call, modelPath, sendForJson } from "./call";
import { type CallOptions, callOptionNames, callOptionsOf } from "./calloptions";
import { type Datatype, datatypeOfConfig } from "./datatype";
import { DecodeError, HttpError } from "./error";
import { isJsonObject, type JsonValue } from "./json";
import { checkModelName } from "./modelname";
import { normalizeServerUrl } from "./serverurl";

/** An input or output in a model's configuration, with Triton's names. */
export interface ModelConfigTensor {
  readonly name: string;
  /** E.g. `"TYPE_FP32"`; `"TYPE_STRING"` is BYTES. */
  readonly data_type: string;
  /** Length of each axis, -1 if any; without the batch axis. */
  readonly dims: readonly number[];
  /** Whether an input may be left out. */
  readonly optional?: boolean;
  readonly [key: string]: unknown;
}

/** A model's configuration as the server gives it, with Triton's names. */
export interface ModelConfig {
  readonly name: string;
  /** If above 0, every tensor has one more axis than its `dims`, in front: the batch. */
  readonly max_batch_size: number;
  readonly input: readonly ModelConfigTensor[];
  readonly output: readonly ModelConfigTensor[];
  readonly [key: string]: unknown;
}

/** Which model's configuration to read. */
export interface ConfigOptions extends CallOptions {
  /** The server's URL, e.g. `"http://127.0.0.1:8000"`. */
  serverUrl: string;
  modelName: string;
  /** Default: the one that the server chooses. */
  modelVersion?: string | number;
}

/** What a model takes or gives, as tensors are compared with it. */
export interface TensorSpec {
  readonly name: string;
  readonly datatype: Datatype;
  /** -1 is any length; with the batch axis. */
  readonly shape: readonly number[];
  readonly optional: boolean;
}

const optionNames = ["serverUrl", "modelName", "modelVersion", ...callOptionNames];

/** Configurations by server, model and version. An entry is dropped as soon as a call that used it fails. */
const cache = new Map<string, ModelConfig>();

const keyOf = ({ serverUrl, modelName, modelVersion }: ConfigOptions): string =>
  JSON.stringify([serverUrl, modelName, String(modelVersion ?? "")]);

/**
 * Read a model's configuration: its inputs and outputs with their datatypes and shapes. Asks the server each time.
 *
 * @param options.serverUrl e.g. `"http://127.0.0.1:8000"`
 * @param options.modelName e.g. `"stardist"`
 * @returns the configuration, with Triton's names
 * @throws {HttpError} 404 if the server has no such model; the message lists those that it has
 * @throws {ConnectionError} if no server answers
 * @throws {DecodeError} if what answers is not a Triton server
 * @example
 * const config = await getConfig({ serverUrl: "http://127.0.0.1:8000", modelName: "stardist" });
 * config.input.map((input) => `${input.name}: ${input.data_type}`); // ["image: TYPE_UINT16", "param: TYPE_STRING"]
 */
export async function getConfig(options: ConfigOptions): Promise<ModelConfig> {
  checkOptions({ action: "read the configuration", options: optionNames }, options);
  const modelName = checkModelName(options.modelName, "read the configuration");
  const action = `read the configuration of ${modelName}`;
  return readConfig(
    { ...options, modelName, serverUrl: normalizeServerUrl(options.serverUrl, action) },
    action,
  );
}

/** Read a configuration with checked options. */
export async function readConfig(options: ConfigOptions, action: string): Promise<ModelConfig> {
  const { serverUrl, modelName, modelVersion } = options;
  const call: Call = {
    action,
    method: "GET",
    serverUrl,
    path: `${modelPath(modelName, modelVersion)}/config`,
    modelName,
    ...callOptionsOf(options),
  };
  try {
    const config = parseConfig(await sendForJson(call), call);
    cache.set(keyOf(options), config);
    return config;
  } catch (error) {
    forgetConfig(options);
    throw error instanceof HttpError && error.status === 404 ? await withServedModels(error, call) : error;
  }
}

/** The configuration that was read last, or a new one; `cached` says which. */
export async function knownConfig(
  options: ConfigOptions,
  action: string,
): Promise<{ config: ModelConfig; cached: boolean }> {
  const config = cache.get(keyOf(options));
  return config ? { config, cached: true } : { config: await readConfig(options, action), cached: false };
}

/** Drop what is known of a model's configuration. */
export function forgetConfig(options: ConfigOptions): void {
  cache.delete(keyOf(options));
}

/** The inputs or outputs of a model, as tensors are compared with them. */
export function tensorSpecs(config: ModelConfig, kind: "input" | "output"): TensorSpec[] {
  return config[kind].map(({ name, data_type, dims, optional }) => {
    const datatype = datatypeOfConfig(data_type);
    if (datatype === undefined) {
      throw new DecodeError(
        `Cannot read the configuration of ${config.name}: ${name} has unknown type ${data_type}`,
      );
    }
    const shape = config.max_batch_size > 0 ? [-1, ...dims] : dims;
    return { name, datatype, shape, optional: optional === true };
  });
}

function parseConfig(json: JsonValue, call: Call): ModelConfig {
  if (!isJsonObject(json) || !isTensors(json.input) || !isTensors(json.output)) {
    throw new DecodeError(`Cannot ${call.action}: ${call.serverUrl} must answer with a model configuration`);
  }
  const { max_batch_size, name, input, output } = json;
  return {
    ...json,
    name: typeof name === "string" ? name : String(call.modelName),
    max_batch_size: typeof max_batch_size === "number" ? max_batch_size : 0,
    input,
    output,
  };
}

type TensorJson = { name: string; data_type: string; dims: number[]; optional?: boolean };

function isTensors(value: JsonValue | undefined): value is TensorJson[] {
  return (
    Array.isArray(value) &&
    value.every(
      (tensor) =>
        isJsonObject(tensor) &&
        typeof tensor.name === "string" &&
        typeof tensor.data_type === "string" &&
        Array.isArray(tensor.dims) &&
        tensor.dims.every((length) => typeof length === "number"),
    )
  );
}

/** The error with what the server does serve; as it is if the server doesn't tell. */
async function withServedModels(error: HttpError, call: Call): Promise<HttpError> {
  const index: Call = { ...call, method: "POST", path: "/v2/repository/index", retries: 0 };
  const served = await sendForJson(index).then(
    (json) => (Array.isArray(json) ? json.filter(isJsonObject).map(({ name }) => String(name)) : []),
    () => [],
  );
  if (served.length === 0) return error;
  const meant = nearestName(String(call.modelName), served);
  const advice = meant === undefined ? "" : `; did you mean "${meant}"?`;
  const list = served.map((name) => `"${name}"`).join(", ");
  return new HttpError(`${error.message}; it serves ${list}${advice}`, error);
}

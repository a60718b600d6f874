import { type Call, exchange, modelPath, send, sendForJson } from "./call";
import type { CallOptions } from "./calloptions";
import { type ConfigOptions, getConfig, type ModelConfig } from "./config";
import { ConnectionError, DecodeError } from "./error";
import { type ExecuteOptions, execute, type Results } from "./execute";
import { isJsonObject, type JsonValue } from "./json";
import { message } from "./message";
import { checkModelName, checkOptions } from "./option";
import { normalizeServerUrl } from "./serverurl";

/** A server, and what holds for every call to it. */
export interface TritonClientOptions extends Pick<CallOptions, "headers" | "timeoutMs"> {
  /** The server's URL, e.g. `"http://127.0.0.1:8000"`. */
  serverUrl: string;
}

/** A call about a model. */
export interface ModelCallOptions extends CallOptions {
  /** Default: the one that the server chooses. */
  modelVersion?: string | number;
}

/** What a server says of itself. */
export interface ServerMetadata {
  readonly name: string;
  readonly version: string;
  readonly extensions: readonly string[];
}

/** An input or output in a model's metadata. */
export interface TensorMetadata {
  readonly name: string;
  /** E.g. `"FP32"`. */
  readonly datatype: string;
  /** Length of each axis, -1 if any; with the batch axis. */
  readonly shape: readonly number[];
}

/** What a server says of a model. */
export interface ModelMetadata {
  readonly name: string;
  readonly versions: readonly string[];
  readonly platform: string;
  readonly inputs: readonly TensorMetadata[];
  readonly outputs: readonly TensorMetadata[];
}

/** A model in a server's repository. */
export interface RepositoryEntry {
  readonly name: string;
  /** Absent if it was never loaded. */
  readonly version?: string;
  /** `"READY"`, `"LOADING"`, `"UNLOADING"` or `"UNAVAILABLE"`; absent if it was never loaded. */
  readonly state?: string;
  /** Why it is not ready. */
  readonly reason?: string;
}

const callNames = ["headers", "signal", "timeoutMs"];

/**
 * One Triton server, and all that can be asked of it. To run a model, `execute` alone will do.
 *
 * @example
 * const client = new TritonClient({ serverUrl: "http://127.0.0.1:8000" });
 * if (await client.isModelReady("stardist")) console.log(await client.getModelMetadata("stardist"));
 */
export class TritonClient {
  /** The server's URL, without a slash at its end. */
  readonly serverUrl: string;
  private readonly shared: Pick<CallOptions, "headers" | "timeoutMs">;

  /**
   * @throws {TypeError} if serverUrl is missing, or an option does not exist
   * @throws {RangeError} if serverUrl is no http(s) URL; shows the corrected one
   */
  constructor(options: TritonClientOptions) {
    checkOptions(options, ["serverUrl", "headers", "timeoutMs"], "make a TritonClient");
    const { serverUrl, ...shared } = options;
    this.serverUrl = normalizeServerUrl(serverUrl, "make a TritonClient");
    this.shared = shared;
  }

  /** Whether the server answers; false if there is none. */
  isServerLive(options: CallOptions = {}): Promise<boolean> {
    return this.answersWell(this.call("ask whether the server is live", "/v2/health/live", options));
  }

  /** Whether the server is ready to run its models; false if there is none. */
  isServerReady(options: CallOptions = {}): Promise<boolean> {
    return this.answersWell(this.call("ask whether the server is ready", "/v2/health/ready", options));
  }

  /** Whether a model is ready to run; false if there is no such model, or no server. */
  isModelReady(modelName: string, options: ModelCallOptions = {}): Promise<boolean> {
    return this.answersWell(this.modelCall("ask whether a model is ready", modelName, "/ready", options));
  }

  /** The server's name, version and extensions. */
  async getServerMetadata(options: CallOptions = {}): Promise<ServerMetadata> {
    const call = this.call("read the server's metadata", "/v2", options);
    const json = await sendForJson(call);
    return parse(json, isServerMetadata, call);
  }

  /** A model's inputs, outputs and versions. */
  async getModelMetadata(modelName: string, options: ModelCallOptions = {}): Promise<ModelMetadata> {
    const call = this.modelCall("read a model's metadata", modelName, "", options);
    return parse(await sendForJson(call), isModelMetadata, call);
  }

  /** A model's configuration, as `getConfig` gives it. */
  getModelConfig(modelName: string, options: ModelCallOptions = {}): Promise<ModelConfig> {
    const config: ConfigOptions = { ...this.shared, ...options, serverUrl: this.serverUrl, modelName };
    return getConfig(config);
  }

  /** The models that the server has, ready or not. */
  async getModelRepositoryIndex(options: CallOptions = {}): Promise<RepositoryEntry[]> {
    const call = this.call("list the server's models", "/v2/repository/index", options, "POST");
    return parse(await sendForJson(call), isRepositoryIndex, call);
  }

  /** Counts and times of a model's inferences, with Triton's names; times in ns. */
  async getInferenceStatistics(
    modelName: string,
    options: ModelCallOptions = {},
  ): Promise<Record<string, unknown>> {
    const call = this.modelCall("read a model's statistics", modelName, "/stats", options);
    return parse(await sendForJson(call), isJsonObject, call);
  }

  /** Load a model of the repository; the server must be one whose models are loaded by hand. */
  async loadModel(modelName: string, options: CallOptions = {}): Promise<void> {
    await send(this.repositoryCall("load", modelName, options));
  }

  /** Unload a model; the server must be one whose models are loaded by hand. */
  async unloadModel(modelName: string, options: CallOptions = {}): Promise<void> {
    await send(this.repositoryCall("unload", modelName, options));
  }

  /** Run a model on this server, as the function `execute` does. */
  execute(options: Omit<ExecuteOptions, "serverUrl">): Promise<Results> {
    const { inputs, modelName } = options;
    return execute({ ...this.shared, ...options, inputs, modelName, serverUrl: this.serverUrl });
  }

  private call(action: string, path: string, options: CallOptions, method: Call["method"] = "GET"): Call {
    checkOptions(options, callNames, action);
    const body = method === "POST" ? message(["{}"], []) : undefined;
    return { ...this.shared, ...options, action, method, path, serverUrl: this.serverUrl, message: body };
  }

  private modelCall(action: string, modelName: string, path: string, options: ModelCallOptions): Call {
    checkOptions(options, ["modelVersion", ...callNames], action);
    checkModelName(modelName, action);
    const { modelVersion, ...rest } = options;
    return { ...this.call(action, modelPath(modelName, modelVersion) + path, rest), modelName };
  }

  private repositoryCall(verb: "load" | "unload", modelName: string, options: CallOptions): Call {
    const action = `${verb} ${checkModelName(modelName, `${verb} a model`)}`;
    const path = `/v2/repository/models/${encodeURIComponent(modelName)}/${verb}`;
    return { ...this.call(action, path, options, "POST"), modelName };
  }

  private async answersWell(call: Call): Promise<boolean> {
    try {
      return (await exchange(call)).status === 200;
    } catch (error) {
      if (error instanceof ConnectionError) return false;
      throw error;
    }
  }
}

function parse<T>(json: JsonValue, is: (json: JsonValue) => json is JsonValue & T, call: Call): T {
  if (is(json)) return json;
  throw new DecodeError(`Cannot ${call.action}: ${call.serverUrl} must answer as a Triton server does`);
}

const isText = (value: JsonValue | undefined): value is string => typeof value === "string";

const isTexts = (value: JsonValue | undefined): value is string[] =>
  Array.isArray(value) && value.every(isText);

function isServerMetadata(
  json: JsonValue,
): json is JsonValue & { name: string; version: string; extensions: string[] } {
  return isJsonObject(json) && isText(json.name) && isText(json.version) && isTexts(json.extensions);
}

type TensorJson = { name: string; datatype: string; shape: number[] };

function isTensors(value: JsonValue | undefined): value is TensorJson[] {
  return (
    Array.isArray(value) &&
    value.every(
      (tensor) =>
        isJsonObject(tensor) && isText(tensor.name) && isText(tensor.datatype) && Array.isArray(tensor.shape),
    )
  );
}

type ModelJson = {
  name: string;
  versions: string[];
  platform: string;
  inputs: TensorJson[];
  outputs: TensorJson[];
};

function isModelMetadata(json: JsonValue): json is JsonValue & ModelJson {
  return (
    isJsonObject(json) &&
    isText(json.name) &&
    isTexts(json.versions) &&
    isText(json.platform) &&
    isTensors(json.inputs) &&
    isTensors(json.outputs)
  );
}

function isRepositoryIndex(json: JsonValue): json is { name: string }[] {
  return Array.isArray(json) && json.every((entry) => isJsonObject(entry) && isText(entry.name));
}

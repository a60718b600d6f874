import { checkOptions } from "@bioengine/ndarray";
import { type Call, exchange, modelPath, send, sendForJson } from "./call";
import { type CallOptions, callOptionNames } from "./calloptions";
import { type ConfigOptions, getConfig, type ModelConfig } from "./config";
import { ConnectionError, DecodeError } from "./error";
import { type ExecuteOptions, execute } from "./execute";
import { type InferBody, inferBodyOf, outputsOfBody } from "./inferbody";
import { isJsonObject, type JsonValue } from "./json";
import { message } from "./message";
import {
  isModelMetadata,
  isRepositoryIndex,
  isServerMetadata,
  type ModelMetadata,
  type RepositoryEntry,
  type ServerMetadata,
} from "./metadata";
import { type LoadOptions, loadParameters, type UnloadOptions } from "./modelcontrol";
import { checkModelName } from "./modelname";
import type { OutputOptions } from "./output";
import type { Results } from "./results";
import { normalizeServerUrl } from "./serverurl";

/** A server, and what holds for every call to it. */
export interface TritonClientOptions extends Omit<CallOptions, "signal"> {
  /** The server's URL, e.g. `"http://127.0.0.1:8000"`. */
  serverUrl: string;
}

/** A call about a model. */
export interface ModelCallOptions extends CallOptions {
  /** Default: the one that the server chooses. */
  modelVersion?: string | number;
}

/** A server's settings, with Triton's names, e.g. `{ log_verbose_level: 1 }`. */
export type Settings = Readonly<Record<string, unknown>>;

/**
 * One Triton server, and all that can be asked of it: the methods of Python's `tritonclient.http`, in camelCase, but
 * for shared memory, which a process in JavaScript can't share. `infer` and `async_infer` are `execute`; what plugins do
 * there, `headers` does as a function. To run a model, the function `execute` alone will do.
 *
 * What changes the server is sent once; all else is repeated if nobody answers (`retries`), except for the questions
 * whether something is live or ready.
 *
 * @example
 * const client = new TritonClient({ serverUrl: "http://127.0.0.1:8000" });
 * if (await client.isModelReady("stardist")) console.log(await client.getModelMetadata("stardist"));
 */
export class TritonClient {
  /** The server's URL, without a slash at its end. */
  readonly serverUrl: string;
  private readonly shared: Omit<TritonClientOptions, "serverUrl">;

  /**
   * @throws {TypeError} if serverUrl is missing, or an option does not exist
   * @throws {RangeError} if serverUrl is no http(s) URL; shows the corrected one
   */
  constructor(options: TritonClientOptions) {
    const names = callOptionNames.filter((name) => name !== "signal");
    checkOptions({ action: "make a TritonClient", options: ["serverUrl", ...names] }, options);
    const { serverUrl, ...shared } = options;
    this.serverUrl = normalizeServerUrl(serverUrl, "make a TritonClient");
    this.shared = shared;
  }

  /** Whether the server answers; false if there is none. */
  async isServerLive(options: CallOptions = {}): Promise<boolean> {
    return this.answersWell(this.call("ask whether the server is live", "/v2/health/live", options));
  }

  /** Whether the server is ready to run its models; false if there is none. */
  async isServerReady(options: CallOptions = {}): Promise<boolean> {
    return this.answersWell(this.call("ask whether the server is ready", "/v2/health/ready", options));
  }

  /** Whether a model is ready to run; false if there is no such model, or no server. */
  async isModelReady(modelName: string, options: ModelCallOptions = {}): Promise<boolean> {
    return this.answersWell(this.modelCall("ask whether a model is ready", modelName, "/ready", options));
  }

  /** The server's name, version and extensions. */
  async getServerMetadata(options: CallOptions = {}): Promise<ServerMetadata> {
    return ask(this.call("read the server's metadata", "/v2", options), isServerMetadata);
  }

  /** A model's inputs, outputs and versions. */
  async getModelMetadata(modelName: string, options: ModelCallOptions = {}): Promise<ModelMetadata> {
    return ask(this.modelCall("read a model's metadata", modelName, "", options), isModelMetadata);
  }

  /** A model's configuration, as `getConfig` gives it. */
  async getModelConfig(modelName: string, options: ModelCallOptions = {}): Promise<ModelConfig> {
    const config: ConfigOptions = { ...this.shared, ...options, serverUrl: this.serverUrl, modelName };
    return getConfig(config);
  }

  /** The models that the server has, ready or not. */
  async getModelRepositoryIndex(options: CallOptions = {}): Promise<RepositoryEntry[]> {
    const call = this.post("list the server's models", "/v2/repository/index", {}, options);
    return ask({ ...call, repeatable: true }, isRepositoryIndex);
  }

  /** Counts and times of the inferences of one model, or of all, with Triton's names; times in ns. */
  async getInferenceStatistics(modelName?: string, options: ModelCallOptions = {}): Promise<Settings> {
    const action = "read the statistics";
    const call =
      modelName === undefined
        ? this.call(action, "/v2/models/stats", options)
        : this.modelCall(action, modelName, "/stats", options);
    return ask(call, isJsonObject);
  }

  /**
   * Load a model of the repository, or load it again; the server must be one whose models are loaded by hand.
   *
   * @param options.config a configuration to use instead of the repository's, e.g. `{ backend: "python", … }`
   * @param options.files files to use instead of the repository's, e.g. `{ "1/model.onnx": bytes }`; needs `config`
   */
  async loadModel(modelName: string, options: LoadOptions = {}): Promise<void> {
    const { config, files, ...rest } = options;
    await send(this.repositoryCall("load", modelName, loadParameters(options), rest));
  }

  /**
   * Unload a model; the server must be one whose models are loaded by hand.
   *
   * @param options.unloadDependents also the models that only this one, an ensemble, uses; default: false
   */
  async unloadModel(modelName: string, options: UnloadOptions = {}): Promise<void> {
    const { unloadDependents, ...rest } = options;
    const parameters = unloadDependents === undefined ? {} : { unload_dependents: unloadDependents };
    await send(this.repositoryCall("unload", modelName, parameters, rest));
  }

  /** What the server logs. */
  async getLogSettings(options: CallOptions = {}): Promise<Settings> {
    return ask(this.call("read the log settings", "/v2/logging", options), isJsonObject);
  }

  /** Change what the server logs. @returns the settings from now on */
  async updateLogSettings(settings: Settings, options: CallOptions = {}): Promise<Settings> {
    return ask(this.post("update the log settings", "/v2/logging", settings, options), isJsonObject);
  }

  /** Which inferences the server traces: of one model, or of all. */
  async getTraceSettings(modelName?: string, options: CallOptions = {}): Promise<Settings> {
    return ask(this.call("read the trace settings", tracePath(modelName), options), isJsonObject);
  }

  /**
   * Change which inferences the server traces: of one model, or of all. A value of null takes the general one.
   *
   * @returns the settings from now on
   */
  async updateTraceSettings(
    settings: Settings,
    modelName?: string,
    options: CallOptions = {},
  ): Promise<Settings> {
    return ask(this.post("update the trace settings", tracePath(modelName), settings, options), isJsonObject);
  }

  /** Run a model on this server, as the function `execute` does. */
  execute(options: Omit<ExecuteOptions, "serverUrl">): Promise<Results> {
    const { inputs, modelName } = options;
    return execute({ ...this.shared, ...options, inputs, modelName, serverUrl: this.serverUrl });
  }

  /**
   * The body of the request that `execute` would send, to send it by other means.
   *
   * @throws {InputError} if an input is not what the model takes, as `execute` does
   */
  async generateRequestBody(options: Omit<ExecuteOptions, "serverUrl">): Promise<InferBody> {
    const { inputs, modelName } = options;
    return inferBodyOf({ ...this.shared, ...options, inputs, modelName, serverUrl: this.serverUrl });
  }

  /**
   * The outputs by name in the body of a response that came by other means.
   *
   * @throws {DecodeError} if it is no inference response, or cut
   */
  parseResponseBody(response: InferBody, options: OutputOptions = {}): Record<string, unknown> {
    return outputsOfBody(response, options);
  }

  private call(action: string, path: string, options: CallOptions): Call {
    checkOptions({ action, options: callOptionNames }, options);
    return { ...this.shared, ...options, action, method: "GET", path, serverUrl: this.serverUrl };
  }

  private post(action: string, path: string, body: Settings, options: CallOptions): Call {
    const call = this.call(action, path, options);
    return { ...call, method: "POST", message: message([JSON.stringify(body)], []) };
  }

  private modelCall(action: string, modelName: string, path: string, options: ModelCallOptions): Call {
    checkOptions({ action, options: ["modelVersion", ...callOptionNames] }, options);
    checkModelName(modelName, action);
    const { modelVersion, ...rest } = options;
    return { ...this.call(action, modelPath(modelName, modelVersion) + path, rest), modelName };
  }

  private repositoryCall(
    verb: "load" | "unload",
    modelName: string,
    parameters: Settings,
    options: CallOptions,
  ): Call {
    const action = `${verb} ${checkModelName(modelName, `${verb} a model`)}`;
    const path = `/v2/repository/models/${encodeURIComponent(modelName)}/${verb}`;
    return { ...this.post(action, path, { parameters }, options), modelName };
  }

  private async answersWell(call: Call): Promise<boolean> {
    try {
      return (await exchange({ ...call, retries: 0 })).status === 200;
    } catch (error) {
      if (error instanceof ConnectionError) return false;
      throw error;
    }
  }
}

const tracePath = (modelName: string | undefined): string =>
  modelName === undefined ? "/v2/trace/setting" : `${modelPath(modelName, undefined)}/trace/setting`;

/** Send a call, and read the JSON of the answer. @throws {DecodeError} if it is not what a Triton server sends */
async function ask<T>(call: Call, is: (json: JsonValue) => json is JsonValue & T): Promise<T> {
  const json = await sendForJson(call);
  if (is(json)) return json;
  throw new DecodeError(`Cannot ${call.action}: ${call.serverUrl} must answer as a Triton server does`);
}

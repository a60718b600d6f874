import { checkOptions } from "@bioengine/ndarray";
import { modelPath, send } from "./call";
import { callOptionsOf } from "./calloptions";
import { forgetConfig, knownConfig, type ModelConfig, readConfig } from "./config";
import { withDeadline } from "./deadline";
import { DecodeError, HttpError, InputError } from "./error";
import { checkInferOptions, type InferOptions, inferOptionNames } from "./inferoptions";
import type { Inputs } from "./input";
import { headerLengthName } from "./message";
import { checkModelName } from "./modelname";
import { prepareRequest } from "./preparation";
import { decodeResponse, type InferResponse } from "./response";
import { type Results, resultsOf } from "./results";
import { type SequenceFlags, sequenceParameters } from "./sequenceid";
import { normalizeServerUrl } from "./serverurl";
import type { TransportResponse } from "./transport/transport";

/** What `execute` runs, and where. */
export interface ExecuteOptions extends InferOptions, SequenceFlags {
  /**
   * The inputs by position, in the model's order, or by name: an NdArray or typed array; numbers, in nested arrays;
   * a string, bytes, or a plain object or Map of parameters.
   */
  inputs: Inputs;
  /** The server's URL, e.g. `"http://127.0.0.1:8000"`; may have a path. */
  serverUrl: string;
  modelName: string;
  /** Default: the one that the server chooses. */
  modelVersion?: string | number;
}

export const executeOptionNames: readonly string[] = [
  "inputs",
  "serverUrl",
  "modelName",
  "modelVersion",
  ...inferOptionNames,
  ...(["sequenceId", "sequenceStart", "sequenceEnd"] satisfies (keyof SequenceFlags)[]),
];

/**
 * Run a model on a Triton server, and get its outputs by name.
 *
 * The inputs are compared with the model's configuration before anything is sent. Arrays go and come as binary
 * data; nothing is compressed. The configuration is read once per server, model and version, and again after any
 * error.
 *
 * A call to which nobody answers is repeated twice (`retries`), unless it is a step of a sequence.
 *
 * @param options.inputs one for each of the model's inputs, in order, or an object or Map of them by name; not modified
 * @param options.serverUrl e.g. `"http://127.0.0.1:8000"`
 * @param options.modelName e.g. `"cellpose-python"`
 * @returns numbers as NdArray, text as an array of Uint8Array (of values with `decodeJson`, of strings with
 *   `decodeBytes`), classes as `{ score, index, label }`; `__info__` says where they came from
 * @throws {InputError} if an input's name, dtype or shape is not the model's; shows the corrected line
 * @throws {HttpError} if the server refuses or the model fails, with its `status` and `serverMessage`
 * @throws {ConnectionError} if the server can't be reached
 * @throws {TimeoutError} if the answer takes longer than `timeoutMs`
 * @throws {DecodeError} if what answers is not a Triton server
 * @example
 * const results = await execute({
 *   inputs: [image.expandDims(0).astype("float32"), { diameter: 30 }],
 *   serverUrl: "http://127.0.0.1:8000",
 *   modelName: "cellpose-python",
 * });
 * const mask = results.mask.at(0);
 */
export async function execute(options: ExecuteOptions): Promise<Results> {
  const start = performance.now();
  checkOptions({ action: "execute", options: executeOptionNames }, options);
  const modelName = checkModelName(options.modelName, "execute");
  const action = `execute ${modelName}`;
  const serverUrl = normalizeServerUrl(options.serverUrl, action);
  checkInferOptions(options, action);
  const parameters = sequenceParameters(options, action);
  const { modelVersion, requestId, compression, onProgress } = options;
  // Awaited, so that the stack of an error that comes at once has the caller.
  return await withDeadline(action, options.signal, options.timeoutMs, async (signal) => {
    const call = {
      ...callOptionsOf(options),
      timeoutMs: undefined,
      serverUrl,
      modelName,
      modelVersion,
      signal,
    };
    const infer = async (config: ModelConfig) => {
      const message = prepareRequest(options, config, parameters, action);
      const path = `${modelPath(modelName, modelVersion)}/infer`;
      const repeatable = !isStep(options, config);
      const request = {
        action,
        method: "POST",
        path,
        message,
        repeatable,
        requestId,
        compression,
        onProgress,
      } as const;
      return read(await send({ ...call, ...request }), action, serverUrl);
    };
    const { config, cached } = await knownConfig(call, action);
    const response = await infer(config).catch(async (error: unknown) => {
      forgetConfig(call);
      if (!cached || !mayBeOutdated(error, isStep(options, config))) throw error;
      const fresh = await readConfig(call, action);
      if (JSON.stringify(fresh) === JSON.stringify(config)) throw error;
      return infer(fresh);
    });
    return resultsOf(response, options, serverUrl, performance.now() - start);
  });
}

/** Whether a call changes what the server remembers. */
const isStep = ({ sequenceId }: SequenceFlags, config: ModelConfig): boolean =>
  sequenceId !== undefined || config.sequence_batching !== undefined;

/** Whether an error may come from a configuration that the model had before. A step is not sent again. */
function mayBeOutdated(error: unknown, step: boolean): boolean {
  if (error instanceof InputError) return true;
  return !step && error instanceof HttpError && (error.status === 400 || error.status === 404);
}

/** Read an answer. @throws {DecodeError} if it is not Triton's */
function read(answer: TransportResponse, action: string, serverUrl: string): InferResponse {
  const headerLength = answer.header(headerLengthName);
  try {
    return decodeResponse(answer.body, headerLength === undefined ? undefined : Number(headerLength));
  } catch (cause) {
    if (!(cause instanceof DecodeError)) throw cause;
    throw new DecodeError(`Cannot ${action}: ${serverUrl} sent what Triton doesn't send. ${cause.message}`, {
      cause,
    });
  }
}

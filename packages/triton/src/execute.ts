import type { NdArray } from "@bioengine/ndarray";
import { modelPath, send } from "./call";
import type { CallOptions } from "./calloptions";
import { forgetConfig, knownConfig, type ModelConfig, type TensorSpec, tensorSpecs } from "./config";
import { withDeadline } from "./deadline";
import { DecodeError, InputError } from "./error";
import { type Inputs, prepareInputs } from "./input";
import { headerLengthName } from "./message";
import { checkModelName, checkOptions } from "./option";
import { type OutputOptions, outputValue } from "./output";
import { encodeRequest } from "./request";
import { decodeResponse, type InferResponse } from "./response";
import { normalizeServerUrl } from "./serverurl";
import type { Tensor } from "./tensor";
import type { TransportResponse } from "./transport";

/** What `execute` runs, and where. */
export interface ExecuteOptions extends CallOptions, OutputOptions {
  /**
   * The inputs by position, in the model's order, or by name: an NdArray; numbers, in nested arrays; a string,
   * bytes, or a plain object of parameters.
   */
  inputs: Inputs;
  /** The server's URL, e.g. `"http://127.0.0.1:8000"`; may have a path. */
  serverUrl: string;
  modelName: string;
  /** Default: the one that the server chooses. */
  modelVersion?: string | number;
  /** Names of the outputs to compute and send, default: all. */
  selectOutputs?: readonly string[];
  /** Comes back as `results.__info__.id`, and is in the server's log. */
  requestId?: string;
  /** The sequence that the call belongs to; `SequenceExecutor` keeps the three of these. */
  sequenceId?: number | string;
  sequenceStart?: boolean;
  sequenceEnd?: boolean;
}

/** Where results came from. */
export interface ResultInfo {
  readonly serverUrl: string;
  readonly modelName: string;
  readonly modelVersion: string;
  /** The `requestId` of the call, if it had one. */
  readonly id?: string;
  /** Time of the whole call, in ms. */
  readonly milliseconds: number;
}

/** A model's outputs by name. */
export interface Results {
  /** Labels of the objects, 0 = background: the output of segmentation models. */
  mask: NdArray;
  // biome-ignore lint/suspicious/noExplicitAny: outputs are as various as models, and used without a cast in notebooks
  info?: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  [output: string]: any;
  /** Where the results came from. */
  readonly __info__: ResultInfo;
}

const optionNames = [
  "inputs",
  "serverUrl",
  "modelName",
  "modelVersion",
  "selectOutputs",
  "decodeJson",
  "decodeBytes",
  "requestId",
  "headers",
  "signal",
  "timeoutMs",
  "sequenceId",
  "sequenceStart",
  "sequenceEnd",
];

/**
 * Run a model on a Triton server, and get its outputs by name.
 *
 * The inputs are compared with the model's configuration before anything is sent. Arrays go and come as binary
 * data; nothing is compressed. The configuration is read once per server, model and version, and again after any
 * error.
 *
 * @param options.inputs one for each of the model's inputs, in order, or an object of them by name; not modified
 * @param options.serverUrl e.g. `"http://127.0.0.1:8000"`
 * @param options.modelName e.g. `"cellpose-python"`
 * @returns numbers as NdArray, text as an array of Uint8Array (of values with `decodeJson`, of strings with
 *   `decodeBytes`); `__info__` says where they came from
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
  checkOptions(options, optionNames, "execute");
  const modelName = checkModelName(options.modelName, "execute");
  const action = `execute ${modelName}`;
  const serverUrl = normalizeServerUrl(options.serverUrl, action);
  const parameters = sequenceParameters(options, action);
  const model = { serverUrl, modelName, modelVersion: options.modelVersion, headers: options.headers };
  return withDeadline(action, options.signal, options.timeoutMs, async (signal) => {
    const target = { ...model, signal };
    const { inputs, outputs } = await prepare(options, target, action);
    const request = encodeRequest({
      id: options.requestId,
      parameters,
      inputs,
      outputs: outputs.map(asBinary),
    });
    try {
      const path = `${modelPath(modelName, options.modelVersion)}/infer`;
      const answer = await send({ ...target, action, method: "POST", path, message: request });
      return results(read(answer, action, serverUrl), options, serverUrl, start);
    } catch (error) {
      forgetConfig(target);
      throw error;
    }
  });
}

const asBinary = ({ name }: TensorSpec) => ({ name, binary: true });

interface Prepared {
  readonly inputs: Tensor[];
  readonly outputs: TensorSpec[];
}

/** Compare the call with the model; with its configuration of now, before a call is refused. */
async function prepare(
  options: ExecuteOptions,
  target: Parameters<typeof knownConfig>[0],
  action: string,
): Promise<Prepared> {
  const { config, cached } = await knownConfig(target, action);
  try {
    return compare(options, config, action);
  } catch (error) {
    if (!(error instanceof InputError) || !cached) throw error;
    forgetConfig(target);
    return compare(options, (await knownConfig(target, action)).config, action);
  }
}

function compare(options: ExecuteOptions, config: ModelConfig, action: string): Prepared {
  const inputs = prepareInputs(options.inputs, tensorSpecs(config, "input"), action);
  const all = tensorSpecs(config, "output");
  const { selectOutputs } = options;
  if (selectOutputs === undefined) return { inputs, outputs: all };
  const names = all.map(({ name }) => name).join(", ");
  if (!Array.isArray(selectOutputs) || selectOutputs.length === 0) {
    throw new InputError(`Cannot ${action}: selectOutputs must be an array of some of ${names}`);
  }
  const unknown = selectOutputs.find((name) => !all.some((spec) => spec.name === name));
  if (unknown !== undefined) {
    throw new InputError(`Cannot ${action}: selectOutputs must be among ${names}, got ${unknown}`);
  }
  return { inputs, outputs: all.filter(({ name }) => selectOutputs.includes(name)) };
}

function sequenceParameters(
  { sequenceId, sequenceStart, sequenceEnd }: ExecuteOptions,
  action: string,
): Record<string, string | number | boolean> | undefined {
  if (sequenceId === undefined) {
    if (sequenceStart === undefined && sequenceEnd === undefined) return undefined;
    throw new InputError(`Cannot ${action}: sequenceStart and sequenceEnd need a sequenceId`);
  }
  checkSequenceId(sequenceId, action);
  return {
    sequence_id: sequenceId,
    sequence_start: sequenceStart === true,
    sequence_end: sequenceEnd === true,
  };
}

/** @throws {InputError} if it is no id that Triton takes */
export function checkSequenceId(sequenceId: unknown, action: string): void {
  const valid =
    typeof sequenceId === "string"
      ? sequenceId !== ""
      : Number.isSafeInteger(sequenceId) && Number(sequenceId) > 0;
  if (!valid) {
    throw new InputError(
      `Cannot ${action}: sequenceId must be a whole number from 1 or a text, got ${sequenceId === "" ? '""' : String(sequenceId)}`,
    );
  }
}

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

function results(response: InferResponse, options: OutputOptions, serverUrl: string, start: number): Results {
  const { id, modelName, modelVersion, outputs } = response;
  const milliseconds = performance.now() - start;
  const info: ResultInfo = { serverUrl, modelName, modelVersion, ...(id && { id }), milliseconds };
  const values = outputs.map((tensor): [string, unknown] => [tensor.name, outputValue(tensor, options)]);
  return { ...Object.fromEntries(values), __info__: info } as Results;
}

import { checkOptions } from "@bioengine/ndarray";
import {
  type CallOptions,
  callOptionNames,
  callOptionsOf,
  checkModelName,
  DecodeError,
  normalizeServerUrl,
  type ResultInfo,
  type Results,
  type TransferOptions,
  withDeadline,
} from "@bioengine/triton";
import { argumentOf, type HyphaInputs } from "./input";
import { ModelError } from "./modelerror";
import { outputsOf } from "./output";
import { requestProgress } from "./progress";
import { cancelRequest, untilCompleted } from "./request";
import { callFunction, checkServiceId, chooseService, type Service } from "./service";
import { exceptionLine } from "./traceback";

/** What `executeOnHypha` runs, and where. */
export interface ExecuteOnHyphaOptions extends CallOptions, Pick<TransferOptions, "onProgress"> {
  /** An NdArray or the URL of one, or several by name. Arrays are sent as they are: with the model's axes and dtype. */
  inputs: HyphaInputs;
  /** The model's id in the BioImage Model Zoo, e.g. `"affable-shark"`. */
  modelName: string;
  /** Default: `"https://hypha.aicell.io"`. */
  serverUrl?: string;
  /**
   * `"workspace/service"`, or `"workspace/client:service"` for that of one worker; default:
   * `"bioimage-io/model-runner"`.
   */
  serviceId?: string;
  /**
   * The other arguments of the service's `infer`: `weights_format` (`"onnx"`, …), `device` (`"cuda"` or `"cpu"`),
   * `default_blocksize_parameter`, `sample_id`, `skip_cache`, `return_download_url`.
   */
  parameters?: Readonly<Record<string, string | number | boolean | null>>;
  /** Names of the outputs to give, default: all. */
  selectOutputs?: readonly string[];
}

/** Where results came from. */
export interface HyphaResultInfo extends ResultInfo {
  /** The service, as `serviceId` named it. */
  readonly service: string;
}

/** A model's outputs by name. */
export interface HyphaResults extends Results {
  /** Where the results came from; `id` is the service's id of the request. */
  readonly __info__: HyphaResultInfo;
}

const optionNames: readonly string[] = [
  ...([
    "inputs",
    "modelName",
    "serverUrl",
    "serviceId",
    "parameters",
    "selectOutputs",
    "onProgress",
  ] satisfies (keyof ExecuteOnHyphaOptions)[]),
  ...callOptionNames,
];

/**
 * Run a model of the BioImage Model Zoo on BioEngine, that is the service model-runner of a Hypha server, and get
 * its outputs by name.
 *
 * The service queues the request, and is asked until it is done. If the call is aborted or its time is up, the
 * service is told to cancel the request; what it has not yet taken, because the inputs are still on their way, is
 * only no longer sent.
 *
 * @param options.inputs not modified
 * @param options.modelName e.g. `"affable-shark"`
 * @returns arrays as NdArray, integers called mask or labels of role labels; with the parameter
 *   `return_download_url`, the URLs of `.npy` files
 * @throws {InputError} if the inputs are neither arrays nor URLs
 * @throws {ModelError} if the model fails or doesn't exist, with the traceback as its `serverMessage`
 * @throws {HttpError} if the server or the service refuses, with its `status` and `serverMessage`
 * @throws {ConnectionError} if the server can't be reached
 * @throws {TimeoutError} if the outputs take longer than `timeoutMs`
 * @throws {DecodeError} if what answers is not a Hypha server
 * @example
 * const results = await executeOnHypha({
 *   inputs: image.expandDims(0).expandDims(0).astype("float32"),
 *   modelName: "affable-shark",
 * });
 * const probabilities = results.output0.at(0);
 */
export async function executeOnHypha(options: ExecuteOnHyphaOptions): Promise<HyphaResults> {
  const start = performance.now();
  checkOptions({ action: "execute", options: optionNames }, options);
  const modelName = checkModelName(options.modelName, "execute");
  const action = `execute ${modelName}`;
  const serverUrl = normalizeServerUrl(options.serverUrl ?? "https://hypha.aicell.io", action);
  const serviceId = checkServiceId(options.serviceId ?? "bioimage-io/model-runner", action);
  const values = { ...options.parameters, model_id: modelName, inputs: argumentOf(options.inputs, action) };
  return withDeadline(action, options.signal, options.timeoutMs, async (signal) => {
    const call = { ...callOptionsOf(options), timeoutMs: undefined, signal };
    const service = await chooseService({ ...call, serverUrl, serviceId, modelName, action });
    const { id, outputs } = await infer(service, values, signal, options.onProgress);
    const info: HyphaResultInfo = {
      serverUrl,
      modelName,
      modelVersion: "",
      ...(id !== undefined && { id }),
      milliseconds: performance.now() - start,
      service: serviceId,
    };
    return { ...outputsOf(outputs, options.selectOutputs, action), __info__: info } as HyphaResults;
  });
}

interface Inference {
  /** The service's id of the request; undefined if it answered at once. */
  readonly id: string | undefined;
  readonly outputs: Readonly<Record<string, unknown>>;
}

async function infer(
  service: Service,
  values: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
  onProgress: TransferOptions["onProgress"],
): Promise<Inference> {
  const { first, later } = requestProgress(onProgress);
  const answer = await callFunction(service, "infer", values, { onProgress: first });
  // Deployments before requests had ids give the outputs at once.
  if (typeof answer !== "string") return { id: undefined, outputs: checked(service, undefined, answer) };
  try {
    const { result, state } = await untilCompleted(service, answer, signal, later);
    return { id: answer, outputs: checked(service, answer, result ?? { error: `request ${state}` }) };
  } catch (error) {
    if (signal.aborted) await cancelRequest(service, answer);
    throw error;
  }
}

/** @throws {ModelError} if the result is an error */
function checked(
  service: Service,
  requestId: string | undefined,
  result: unknown,
): Readonly<Record<string, unknown>> {
  const { action, serverUrl, serviceId, modelName } = service;
  if (typeof result !== "object" || result === null || Array.isArray(result)) {
    throw new DecodeError(
      `Cannot ${action}: the outputs must be an object of arrays, got ${JSON.stringify(result)} from ${serviceId}`,
    );
  }
  const outputs: Record<string, unknown> = { ...result };
  const { error: serverMessage } = outputs;
  if (typeof serverMessage !== "string" || Object.keys(outputs).length > 1) return outputs;
  const line = exceptionLine(serverMessage) || "no reason given";
  const isUnknown =
    line.includes(modelName) && /\bmodel\b.*\b(not found|not exist|unknown)\b|\bunknown model\b/i.test(line);
  const reason = isUnknown
    ? `modelName must be a model that ${serviceId} knows, got "${modelName}" (${line})`
    : `${line} (in ${serviceId}; the traceback is the error's serverMessage)`;
  throw new ModelError(`Cannot ${action}: ${reason}`, {
    serverUrl,
    modelName,
    service: serviceId,
    requestId,
    serverMessage,
  });
}

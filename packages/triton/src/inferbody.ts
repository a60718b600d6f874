import { checkOptions } from "@bioengine/ndarray";
import { callOptionsOf } from "./calloptions";
import { knownConfig } from "./config";
import { type ExecuteOptions, executeOptionNames } from "./execute";
import { checkInferOptions } from "./inferoptions";
import { checkModelName } from "./modelname";
import type { OutputOptions } from "./output";
import { prepareRequest } from "./preparation";
import { decodeResponse } from "./response";
import { valuesOf } from "./results";
import { sequenceParameters } from "./sequenceid";
import { normalizeServerUrl } from "./serverurl";

/** The body of an inference request or response. */
export interface InferBody {
  readonly body: Uint8Array;
  /** What the header `Inference-Header-Content-Length` says: bytes of the JSON; undefined if all is JSON. */
  readonly headerLength: number | undefined;
}

/** The body that `execute` would send; compared with the model, as there. */
export async function inferBodyOf(options: ExecuteOptions): Promise<InferBody> {
  checkOptions({ action: "make a request", options: executeOptionNames }, options);
  const modelName = checkModelName(options.modelName, "make a request");
  const action = `make a request for ${modelName}`;
  checkInferOptions(options, action);
  const { modelVersion } = options;
  const serverUrl = normalizeServerUrl(options.serverUrl, action);
  const call = { ...callOptionsOf(options), serverUrl, modelName, modelVersion };
  const { config } = await knownConfig(call, action);
  const { parts, byteLength, headerLength } = prepareRequest(
    options,
    config,
    sequenceParameters(options, action),
    action,
  );
  const body = new Uint8Array(byteLength);
  let position = 0;
  for (const part of parts) {
    body.set(part, position);
    position += part.length;
  }
  return { body, headerLength };
}

/** The outputs by name in the body of a response. @throws {DecodeError} if it is none */
export function outputsOfBody(
  { body, headerLength }: InferBody,
  options: OutputOptions,
): Record<string, unknown> {
  const names = ["decodeJson", "decodeBytes", "serialization", "classification"] as const;
  checkOptions(
    { action: "read a response", options: names satisfies readonly (keyof OutputOptions)[] },
    options,
  );
  return valuesOf(decodeResponse(body, headerLength), options);
}

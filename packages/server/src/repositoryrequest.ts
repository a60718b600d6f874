import { isJsonObject, JsonError, type JsonValue, ProtocolError, parseJson } from "@bioengine/triton";

/** A body of JSON; undefined if it is empty. @throws {ProtocolError} 500 if it is no JSON */
function jsonOf(body: Uint8Array): JsonValue | undefined {
  if (body.length === 0) return undefined;
  try {
    return parseJson(body);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new ProtocolError(500, `failed to parse the request JSON buffer: ${error.message}`);
  }
}

/** Whether a request for the list of models leaves out what is not ready. @throws {ProtocolError} 500 if it is broken */
export function asksForReady(body: Uint8Array): boolean {
  const json = jsonOf(body);
  const ready = isJsonObject(json) ? (json.ready ?? false) : false;
  if (typeof ready === "boolean") return ready;
  throw new ProtocolError(500, "attempt to access JSON non-boolean as boolean");
}

/** The parameters of a request to load a model. @throws {ProtocolError} 500 if it is no JSON */
export function parametersOf(body: Uint8Array): object {
  const json = jsonOf(body);
  const parameters = isJsonObject(json) ? json.parameters : undefined;
  return isJsonObject(parameters) ? parameters : {};
}

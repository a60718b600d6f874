import type { TransferOptions } from "./calloptions";
import { withDeadline } from "./deadline";
import { ConnectionError, DecodeError, HttpError, InputError } from "./error";
import { isJsonObject, JsonError, type JsonValue, parseJson } from "./json";
import { headerLengthName, type Message } from "./message";
import { checkTls, headersOf, queryOf, retriesOf } from "./requesthead";
import { excerpt } from "./response";
import { transport } from "./transport/nodetransport";
import { withRetries } from "./transport/retry";
import type { TransportResponse } from "./transport/transport";
import { unreachable } from "./transport/unreachable";

/** One request to a server. */
export interface Call extends TransferOptions {
  /** What is being done, for messages: "execute stardist". */
  readonly action: string;
  readonly method: "GET" | "POST";
  /** As `normalizeServerUrl` gives it. */
  readonly serverUrl: string;
  /** What follows the server's URL, e.g. `/v2`. */
  readonly path: string;
  readonly modelName?: string;
  /** The inference's id, for errors. */
  readonly requestId?: string;
  readonly message?: Message;
  /** For messages: what to do if nobody listens at the URL; default: how to start a Triton server. */
  readonly absenceAdvice?: string;
  /** Whether a second time does no harm; default: for GET. */
  readonly repeatable?: boolean;
}

/** The path of a model, or of one version of it. */
export function modelPath(modelName: string, modelVersion: string | number | undefined): string {
  const version =
    modelVersion === undefined || modelVersion === "" ? "" : `/versions/${encodeURIComponent(modelVersion)}`;
  return `/v2/models/${encodeURIComponent(modelName)}${version}`;
}

/**
 * Send a request and take the answer, whatever its status.
 *
 * @throws {ConnectionError} if there is none
 */
export async function exchange(call: Call): Promise<TransportResponse> {
  const { action, method, serverUrl, message, tls, compression } = call;
  const { repeatable = method === "GET" } = call;
  checkTls(tls, action);
  const retries = repeatable ? retriesOf(call, action) : 0;
  const url = serverUrl + call.path + queryOf(call);
  return withDeadline(action, call.signal, call.timeoutMs, (signal, fail) => {
    // What the caller's function throws is no failure of the server, and comes in the middle of an event.
    const onProgress: Call["onProgress"] = (progress) => {
      try {
        call.onProgress?.(progress);
      } catch (error) {
        fail(error);
      }
    };
    return withRetries(retries, signal, async () => {
      const headers = await headersOf(call, action);
      if (message) headers["Content-Type"] = message.contentType;
      if (message?.headerLength) headers[headerLengthName] = String(message.headerLength);
      const body = message?.parts;
      try {
        const response = await transport({
          method,
          url,
          headers,
          body,
          tls,
          compression,
          onProgress,
          signal,
        });
        signal.throwIfAborted();
        return response;
      } catch (cause) {
        if (signal.aborted || cause instanceof InputError || cause instanceof DecodeError) throw cause;
        const reason = unreachable(serverUrl, cause, call.absenceAdvice);
        throw new ConnectionError(`Cannot ${action}: ${reason}`, serverUrl, { cause });
      }
    });
  });
}

/**
 * Send a request and take the answer of a successful one.
 *
 * @throws {HttpError} if the server answers with an error
 * @throws {ConnectionError} if it doesn't answer
 */
export async function send(call: Call): Promise<TransportResponse> {
  const response = await exchange(call);
  if (response.status >= 200 && response.status < 300) return response;
  const serverMessage = messageOf(response.body);
  const redirected = response.header("Location");
  const advice = redirected
    ? `; it redirects to ${redirected}: give that server as serverUrl`
    : response.status === 401 || response.status === 403
      ? "; if it wants to know who asks, pass token: process.env.TOKEN, or headers"
      : "";
  const said = serverMessage.replace(/^\[request id: [^\]]*\] /, "").trim() || "(no message)";
  throw new HttpError(
    `Cannot ${call.action}: ${call.serverUrl} answered ${response.status}: ${said}${advice}`,
    {
      status: response.status,
      url: call.serverUrl + call.path,
      modelName: call.modelName,
      requestId: call.requestId,
      serverMessage,
    },
  );
}

/**
 * Send a request and read the JSON of the answer.
 *
 * @throws {DecodeError} if it is not JSON
 */
export async function sendForJson(call: Call): Promise<JsonValue> {
  const { body } = await send(call);
  try {
    return parseJson(body);
  } catch (cause) {
    if (!(cause instanceof JsonError)) throw cause;
    throw new DecodeError(
      `Cannot ${call.action}: ${call.serverUrl} must answer as a Triton server does, got ${excerpt(body)}`,
      { cause },
    );
  }
}

function messageOf(body: Uint8Array): string {
  try {
    const json = parseJson(body);
    if (isJsonObject(json) && typeof json.error === "string") return json.error;
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
  }
  return excerpt(body);
}

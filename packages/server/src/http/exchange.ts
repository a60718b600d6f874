import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { headerLengthName } from "@bioengine/triton";
import type { Repository } from "../repository";
import { sendAnswer, sendError } from "./answer";
import type { BodyBudget } from "./bodybudget";
import { acceptedEncoding } from "./compression";
import type { Limits } from "./limits";
import { requestBody } from "./requestbody";
import { route } from "./route";

/** What the exchanges of a server share. */
export interface Service {
  readonly repository: Repository;
  readonly limits: Limits;
  readonly budget: BodyBudget;
  /** Aborted when the server begins to stop: bodies are received no longer. */
  readonly closing: AbortSignal;
  /** Aborted when the time of requests that still run is over. */
  readonly closed: AbortSignal;
}

/**
 * Answer one request, whatever happens: what is thrown here would end the process. Resolves when the answer has gone
 * out, or can't.
 */
export async function exchange(
  request: IncomingMessage,
  response: ServerResponse,
  { repository, limits, budget, closing, closed }: Service,
): Promise<void> {
  const unwanted = new AbortController();
  const receiving = new AbortController();
  const leave = () => unwanted.abort(new Error("the client has gone"));
  const stopReceiving = () => receiving.abort(unwanted.signal.reason ?? closing.reason);
  const end = () => {
    sendError(response, closed.reason);
    unwanted.abort(closed.reason);
  };
  response.on("error", leave).on("close", leave);
  unwanted.signal.addEventListener("abort", stopReceiving);
  closing.addEventListener("abort", stopReceiving);
  closed.addEventListener("abort", end);
  const share = budget.open();
  const header = (name: string): string | undefined => {
    const value = request.headers[name.toLowerCase()];
    return Array.isArray(value) ? value[0] : value;
  };
  const begin = () => {
    if (request.headers.expect !== undefined && !response.headersSent) response.writeContinue();
  };
  allowOrigins(request, response);
  try {
    if (request.method === "OPTIONS" && request.headers["access-control-request-method"] !== undefined) {
      response.writeHead(204).end();
    } else {
      const answer = await route(
        {
          method: request.method ?? "",
          path: (request.url ?? "").split("?")[0],
          header,
          body: (headerLength) =>
            requestBody(request, headerLength, { limits, share, signal: receiving.signal, begin }),
          signal: unwanted.signal,
        },
        repository,
      );
      // A connection that was kept would hold up the end of the server.
      if (closing.aborted) response.shouldKeepAlive = false;
      await sendAnswer(response, answer, acceptedEncoding(header("accept-encoding")));
    }
    response.setTimeout(limits.takeMs);
    if (!response.writableFinished && !response.destroyed) await once(response, "close");
  } catch (error) {
    if (closing.aborted) response.shouldKeepAlive = false;
    if (!response.destroyed) sendError(response, error);
  } finally {
    share.release();
    closing.removeEventListener("abort", stopReceiving);
    closed.removeEventListener("abort", end);
    drain(request, limits.lingerMs);
  }
}

/** Read what is still to come of a body, so that its sender can read the answer; not for ever. */
function drain(request: IncomingMessage, lingerMs: number): void {
  if (request.complete || request.destroyed) return;
  const timer = setTimeout(() => {
    if (!request.complete) request.socket.destroy();
  }, lingerMs);
  request.once("close", () => clearTimeout(timer));
  request.resume();
}

/** Lets pages of any origin call, and read the length of the JSON; the encoding is for the browser itself. */
function allowOrigins(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader("Access-Control-Allow-Origin", "*");
  response.setHeader("Access-Control-Expose-Headers", headerLengthName);
  if (request.method !== "OPTIONS") return;
  response.setHeader("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
  const asked = request.headers["access-control-request-headers"];
  if (asked !== undefined) response.setHeader("Access-Control-Allow-Headers", asked);
  response.setHeader("Access-Control-Max-Age", "7200");
}

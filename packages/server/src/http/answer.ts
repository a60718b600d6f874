import type { ServerResponse } from "node:http";
import { headerLengthName, ProtocolError } from "@bioengine/triton";
import { BusyError } from "../busyerror";
import { compress, type Encoding } from "./compression";
import type { Answer } from "./route";

/** Errors may quote what was sent; what is longer is cut. */
const longestMessage = 4096;

/** The body of an error answer. */
export function errorBody(message: string): Buffer {
  const short = message.length > longestMessage ? `${message.slice(0, longestMessage)}…` : message;
  return Buffer.from(JSON.stringify({ error: short }));
}

/** Send what a route answers; without effect if an answer has gone out. */
export async function sendAnswer(
  response: ServerResponse,
  answer: Answer,
  encoding: Encoding | undefined,
): Promise<void> {
  if (answer === undefined) {
    send(response, 200, "text/plain", Buffer.alloc(0));
    return;
  }
  if ("json" in answer) {
    send(response, 200, "application/json", Buffer.from(JSON.stringify(answer.json)));
    return;
  }
  const { headerLength, parts, byteLength, contentType } = answer.message;
  const body = encoding && (await compress(parts, encoding));
  if (response.headersSent) return;
  response.setHeader("Content-Type", contentType);
  if (headerLength !== undefined) response.setHeader(headerLengthName, headerLength);
  if (body !== undefined && encoding !== undefined) {
    response.writeHead(200, { "Content-Encoding": encoding, "Content-Length": body.length }).end(body);
    return;
  }
  response.writeHead(200, { "Content-Length": byteLength });
  for (const part of parts) response.write(part);
  response.end();
}

/** Send an error; without effect if an answer has gone out. What is no `ProtocolError` is a fault of the server. */
export function sendError(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return;
  if (error instanceof BusyError) response.setHeader("Retry-After", error.retryAfterS);
  if (error instanceof ProtocolError) {
    if (error.status === 501) response.setHeader("Accept-Encoding", "gzip, deflate");
    // The rest of a body that comes too slowly is not worth waiting for.
    if (error.status === 408) response.shouldKeepAlive = false;
    send(response, error.status, "application/json", errorBody(error.message));
    return;
  }
  console.error(error);
  send(response, 500, "application/json", errorBody(`internal error: ${String(error)}`));
}

function send(response: ServerResponse, status: number, type: string, body: Uint8Array): void {
  if (response.headersSent) return;
  response.writeHead(status, { "Content-Type": type, "Content-Length": body.length }).end(body);
}

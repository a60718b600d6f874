import { setImmediate } from "node:timers/promises";
import { DecodeError } from "../error";
import { fetchTransport } from "./fetchtransport";
import { plainTransport } from "./plaintransport";
import type { TransportRequest, TransportResponse } from "./transport";
import { compress, decompress } from "./zlib";

/**
 * Node's way to a server: connections of our own for http, where copies and the garbage collector cost more than the
 * network; node-fetch for https, where encryption costs more than either.
 */
export async function transport(request: TransportRequest): Promise<TransportResponse> {
  const { compression } = request;
  const headers: Record<string, string> = {
    "Accept-Encoding": compression ?? "identity",
    ...request.headers,
  };
  const compressed = request.body && compression ? await compress(request.body, compression) : undefined;
  if (compression && compressed) headers["Content-Encoding"] = compression;
  const body = compressed ?? request.body;
  if (body) headers["Content-Length"] = String(body.reduce((sum, part) => sum + part.length, 0));
  // Connections that the server closed during a long computation are noticed only when the event loop turns: the
  // first immediate ends this turn, the second comes after the next has looked.
  await setImmediate();
  await setImmediate();
  request.signal.throwIfAborted();
  const way = request.url.startsWith("https:") ? fetchTransport : plainTransport;
  const response = await way({ ...request, headers, body });
  const encoding = response.header("Content-Encoding");
  if (encoding === undefined || encoding === "identity") return response;
  try {
    return { ...response, body: await decompress(response.body, encoding, response.header) };
  } catch (cause) {
    throw new DecodeError(`Cannot read the answer: it must be ${encoding} as it says, got other bytes`, {
      cause,
    });
  }
}

import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { headerLengthName, receiveBuffer } from "./message";
import type { TransportRequest, TransportResponse } from "./transport";

const http = new HttpAgent({ keepAlive: true });
const https = new HttpsAgent({ keepAlive: true });

/** Node's way to a server: node-fetch over agents that keep connections open. */
export async function transport(request: TransportRequest): Promise<TransportResponse> {
  const { default: fetch } = await import("node-fetch");
  const { method, url, body, signal } = request;
  const length = body?.reduce((sum, part) => sum + part.length, 0);
  const headers: Record<string, string> = { "Accept-Encoding": "identity", ...request.headers };
  if (length !== undefined) headers["Content-Length"] = String(length);
  // Connections that the server closed during a long computation are noticed only when the event loop turns: the
  // first immediate ends this turn, the second comes after the next has looked.
  await setImmediate();
  await setImmediate();
  const response = await fetch(url, {
    method,
    headers,
    body: body && Readable.from(body),
    signal,
    redirect: "manual",
    agent: (target) => (target.protocol === "https:" ? https : http),
  });
  const header = (name: string) => response.headers.get(name) ?? undefined;
  return { status: response.status, header, body: await receive(response.body ?? [], header) };
}

async function receive(
  chunks: AsyncIterable<unknown> | Iterable<unknown>,
  header: (name: string) => string | undefined,
): Promise<Uint8Array> {
  const headerLength = Number(header(headerLengthName) ?? 0);
  const known = header("Content-Encoding") === undefined ? header("Content-Length") : undefined;
  if (known !== undefined) return fill(receiveBuffer(Number(known), headerLength), chunks);
  const kept: Uint8Array[] = [];
  for await (const chunk of chunks) if (chunk instanceof Uint8Array) kept.push(chunk);
  const total = kept.reduce((sum, chunk) => sum + chunk.length, 0);
  return fill(receiveBuffer(total, headerLength), kept);
}

async function fill(
  buffer: Uint8Array,
  chunks: AsyncIterable<unknown> | Iterable<unknown>,
): Promise<Uint8Array> {
  let position = 0;
  for await (const chunk of chunks) {
    if (!(chunk instanceof Uint8Array)) continue;
    buffer.set(chunk, position);
    position += chunk.length;
  }
  return buffer.subarray(0, position);
}

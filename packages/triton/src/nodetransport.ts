import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { promisify } from "node:util";
import { deflate, gzip } from "node:zlib";
import type { TlsOptions } from "./calloptions";
import { headerLengthName, receiveBuffer } from "./message";
import { meter } from "./meter";
import { BrokenResponse, type TransportRequest, type TransportResponse } from "./transport";

const http = new HttpAgent({ keepAlive: true });
const https = new Map<string, HttpsAgent>();

/** Connections of one trust are kept apart from those of another. */
function httpsAgent(tls: TlsOptions = {}): HttpsAgent {
  const key = JSON.stringify([tls.ca, tls.cert, tls.key]);
  const known = https.get(key);
  if (known) return known;
  const { ca, cert, key: privateKey } = tls;
  const agent = new HttpsAgent({
    keepAlive: true,
    ca: typeof ca === "string" ? ca : ca?.slice(),
    cert,
    key: privateKey,
  });
  https.set(key, agent);
  return agent;
}

/** Node's way to a server: node-fetch over agents that keep connections open. */
export async function transport(request: TransportRequest): Promise<TransportResponse> {
  const { default: fetch } = await import("node-fetch");
  const { method, url, signal, compression, onProgress, tls } = request;
  const body = request.body && compression ? await compress(request.body, compression) : request.body;
  const length = body?.reduce((sum, part) => sum + part.length, 0);
  const headers: Record<string, string> = {
    "Accept-Encoding": compression ?? "identity",
    ...request.headers,
  };
  if (length !== undefined) headers["Content-Length"] = String(length);
  if (body && compression) headers["Content-Encoding"] = compression;
  // Connections that the server closed during a long computation are noticed only when the event loop turns: the
  // first immediate ends this turn, the second comes after the next has looked.
  await setImmediate();
  await setImmediate();
  const response = await fetch(url, {
    method,
    headers,
    body: body && Readable.from(pieces(body, length ?? 0, onProgress), { highWaterMark: 1 }),
    signal,
    redirect: "manual",
    agent: (target) => (target.protocol === "https:" ? httpsAgent(tls) : http),
  });
  const header = (name: string) => response.headers.get(name) ?? undefined;
  try {
    const received = await receive(response.body, header, onProgress);
    return { status: response.status, header, body: received };
  } catch (cause) {
    throw new BrokenResponse("the answer broke off", { cause });
  }
}

// The lowest level: the others take several times as long, for images that become hardly smaller.
async function compress(
  parts: readonly Uint8Array[],
  compression: "gzip" | "deflate",
): Promise<Uint8Array[]> {
  const pack = promisify<Uint8Array, { level: number }, Uint8Array>(compression === "gzip" ? gzip : deflate);
  return [await pack(Buffer.concat(parts), { level: 1 })];
}

const pieceSize = 2 ** 20;

/** The body in pieces: each is asked for when the one before is on its way. */
function* pieces(
  body: readonly Uint8Array[],
  length: number,
  onProgress: TransportRequest["onProgress"],
): Generator<Uint8Array> {
  const count = meter("sending", length, onProgress);
  for (const part of body) {
    for (let position = 0; position < part.length; position += pieceSize) {
      const piece = part.subarray(position, position + pieceSize);
      yield piece;
      count(piece.length);
    }
  }
  onProgress?.({ phase: "running", loaded: 0, total: undefined });
}

function receive(
  body: NodeJS.ReadableStream | null,
  header: (name: string) => string | undefined,
  onProgress: TransportRequest["onProgress"],
): Promise<Uint8Array> {
  const headerLength = Number(header(headerLengthName) ?? 0);
  const length = header("Content-Encoding") === undefined ? header("Content-Length") : undefined;
  const total = length === undefined ? undefined : Number(length);
  const count = meter("receiving", total, onProgress);
  const buffer = total === undefined ? undefined : receiveBuffer(total, headerLength);
  const kept: Uint8Array[] = [];
  let size = 0;
  // Listening copies each chunk when it comes. Iterating would keep them alive for longer, so that the garbage
  // collector has three times the work.
  return new Promise((resolve, reject) => {
    if (!body) return resolve(new Uint8Array(0));
    body.on("data", (chunk: Uint8Array) => {
      if (buffer) buffer.set(chunk, size);
      else kept.push(chunk);
      size += chunk.length;
      count(chunk.length);
    });
    body.on("error", reject);
    body.on("end", () => {
      if (buffer) return resolve(buffer.subarray(0, size));
      onProgress?.({ phase: "receiving", loaded: size, total: size });
      resolve(joined(kept, receiveBuffer(size, headerLength)));
    });
  });
}

function joined(chunks: readonly Uint8Array[], buffer: Uint8Array): Uint8Array {
  let position = 0;
  for (const chunk of chunks) {
    buffer.set(chunk, position);
    position += chunk.length;
  }
  return buffer;
}

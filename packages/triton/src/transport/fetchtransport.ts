import { Agent } from "node:https";
import { Readable } from "node:stream";
import type { TlsOptions } from "../calloptions";
import { headerLengthName, receiveBuffer } from "../message";
import { meter } from "./meter";
import { pieces } from "./piece";
import { BrokenResponse, type TransportRequest, type TransportResponse } from "./transport";

const agents = new Map<string, Agent>();

/** Connections of one trust are kept apart from those of another. */
function agentOf({ ca, cert, key }: TlsOptions = {}): Agent {
  const identity = JSON.stringify([ca, cert, key]);
  const known = agents.get(identity);
  if (known) return known;
  const agent = new Agent({ keepAlive: true, ca: typeof ca === "string" ? ca : ca?.slice(), cert, key });
  agents.set(identity, agent);
  return agent;
}

/** https, by node-fetch over agents that keep connections open. The body of the answer is as it came. */
export async function fetchTransport(request: TransportRequest): Promise<TransportResponse> {
  const { default: fetch } = await import("node-fetch");
  const { method, url, headers, body, signal, onProgress, tls } = request;
  const response = await fetch(url, {
    method,
    headers: { ...headers },
    body: body && Readable.from(pieces(body, onProgress), { highWaterMark: 1 }),
    signal,
    redirect: "manual",
    compress: false,
    agent: agentOf(tls),
  });
  const header = (name: string) => response.headers.get(name) ?? undefined;
  try {
    return { status: response.status, header, body: await receive(response.body, header, onProgress) };
  } catch (cause) {
    throw new BrokenResponse(cause);
  }
}

async function receive(
  body: NodeJS.ReadableStream | null,
  header: (name: string) => string | undefined,
  onProgress: TransportRequest["onProgress"],
): Promise<Uint8Array> {
  const length = header("Content-Length");
  const count = meter("receiving", length === undefined ? undefined : Number(length), onProgress);
  const chunks: Uint8Array[] = [];
  let size = 0;
  await new Promise((resolve, reject) => {
    body?.on("data", (chunk: Uint8Array) => {
      chunks.push(chunk);
      size += chunk.length;
      count(chunk.length);
    });
    body?.on("error", reject);
    body?.on("end", resolve);
    if (!body) resolve(undefined);
  });
  const whole = receiveBuffer(size, Number(header(headerLengthName) ?? 0));
  let position = 0;
  for (const chunk of chunks) {
    whole.set(chunk, position);
    position += chunk.length;
  }
  return whole;
}

import { type IncomingHttpHeaders, request } from "node:http";
import { createConnection, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import type { Limits } from "../src/http/limits";
import type { Model } from "../src/model";
import { type RunningServer, type ServerOptions, serveModels } from "../src/server";

/** A server that ends with the test. */
export async function serve(
  models: readonly Model[],
  options?: ServerOptions,
  limits?: Partial<Limits>,
): Promise<RunningServer> {
  const server = await serveModels(models, options, limits);
  onTestFinished(() => server.close());
  return server;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Record<string, string | number>;
  /** The body; in several parts it is sent chunked. */
  readonly body?: Uint8Array | readonly Uint8Array[];
  readonly signal?: AbortSignal;
}

/** One plain HTTP exchange: nothing is added, and nothing decompressed. */
export function ask(url: string, { method = "GET", headers = {}, body, signal }: Ask = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length: Record<string, number> =
      body instanceof Uint8Array ? { "Content-Length": body.length } : {};
    const sent = request(url, { method, headers: { ...length, ...headers }, signal }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
    });
    sent.on("error", reject);
    for (const part of body instanceof Uint8Array ? [body] : (body ?? [])) sent.write(part);
    sent.end();
  });
}

export const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** The error that an answer's JSON tells of. */
export const errorOf = ({ body }: Answer): string => JSON.parse(body.toString()).error;

/** A connection for requests that no client of HTTP would send; it ends with the test. */
export function connect(url: string): Socket {
  const socket = createConnection(Number(new URL(url).port), "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  return socket.on("error", () => {});
}

/** All that comes on a connection until it ends. */
export async function rest(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  return Buffer.concat(chunks).toString("latin1");
}

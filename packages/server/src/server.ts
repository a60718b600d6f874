import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { isIPv6 } from "node:net";
import { headerLengthName, ProtocolError } from "@bioengine/triton";
import { acceptedEncoding, compress } from "./compression";
import type { Model } from "./model";
import { models } from "./models";
import { Repository } from "./repository";
import { requestBody } from "./requestbody";
import { type Answer, route } from "./route";

/** Where to serve. */
export interface ServerOptions {
  /** Address to listen on; default `"127.0.0.1"`, this machine alone; `"0.0.0.0"` is every network. */
  host?: string;
  /** 0 to 65535; default 0: a free one. */
  port?: number;
  /** Most bytes of a request, default 2^30. */
  maxRequestBytes?: number;
}

/** A server that runs. */
export interface RunningServer {
  /** E.g. `http://127.0.0.1:8000`. */
  readonly url: string;
  /** Stop: lets the answer that is being computed go out, and drops the requests that wait. */
  close(): Promise<void>;
}

/**
 * Serve the models `cellpose-python` and `stardist` by Triton's HTTP protocol.
 *
 * Networks are loaded on first use. A model runs one request at a time; requests of clients that have gone are
 * skipped. Pages of any origin may call.
 *
 * @returns once it accepts requests
 * @throws {RangeError} if `port` is no port number
 * @throws {Error} if the address can't be listened on; says what to do
 * @example
 * const server = await startServer({ port: 8000 });
 * console.log(server.url); // http://127.0.0.1:8000
 * await server.close();
 */
export function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  return serveModels(models, options);
}

/** Longest wait for clients to take the last answers, when the server stops. */
const closingMs = 1000;

/** Serve any models; see `startServer`. */
export async function serveModels(
  served: readonly Model[],
  { host = "127.0.0.1", port = 0, maxRequestBytes = 2 ** 30 }: ServerOptions = {},
): Promise<RunningServer> {
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new RangeError(`Cannot serve: port must be a whole number from 0 to 65535, got ${port}`);
  }
  const repository = new Repository(served);
  const closing = new AbortController();
  const server = createServer((request, response) =>
    handle(request, response, { repository, maxRequestBytes, closing: closing.signal }),
  );
  // Longer than clients keep connections, so that they, not the server, close them.
  server.keepAliveTimeout = 75_000;
  await listen(server, host, port);
  return {
    url: urlOf(server, host),
    async close() {
      closing.abort(new Error("the server is being stopped"));
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await Promise.all(repository.all().map((model) => model.idle()));
      const timer = setTimeout(() => server.closeAllConnections(), closingMs);
      await closed;
      clearTimeout(timer);
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: Error & { code?: string }) => {
      const advice =
        cause.code === "EADDRINUSE" ? "the port is taken; port 0 takes a free one" : cause.message;
      reject(new Error(`Cannot serve at ${host}, port ${port}: ${advice}`, { cause }));
    });
    server.listen(port, host, resolve);
  });
}

function urlOf(server: Server, host: string): string {
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error("Cannot serve: the server has no address");
  const reachable = { "0.0.0.0": "127.0.0.1", "::": "::1" }[host] ?? host;
  return `http://${isIPv6(reachable) ? `[${reachable}]` : reachable}:${address.port}`;
}

interface Context {
  readonly repository: Repository;
  readonly maxRequestBytes: number;
  readonly closing: AbortSignal;
}

/** Answer one request, whatever happens: what is thrown here would end the process. */
async function handle(request: IncomingMessage, response: ServerResponse, context: Context): Promise<void> {
  const unwanted = new AbortController();
  const stop = () => unwanted.abort(context.closing.reason);
  const leave = () => unwanted.abort(new Error("the client has gone"));
  context.closing.addEventListener("abort", stop);
  response.on("error", leave);
  response.on("close", () => {
    context.closing.removeEventListener("abort", stop);
    leave();
  });
  allowOrigins(request, response);
  try {
    if (request.method === "OPTIONS" && request.headers["access-control-request-method"] !== undefined) {
      response.writeHead(204).end();
      return;
    }
    const header = (name: string): string | undefined => {
      const value = request.headers[name.toLowerCase()];
      return Array.isArray(value) ? value[0] : value;
    };
    const answer = await route(
      {
        method: request.method ?? "",
        path: (request.url ?? "").split("?")[0],
        header,
        body: (headerLength) => requestBody(request, headerLength, context.maxRequestBytes),
        signal: unwanted.signal,
      },
      context.repository,
    );
    // A connection that was kept would hold up the end of the server.
    if (context.closing.aborted) response.shouldKeepAlive = false;
    await send(response, answer, acceptedEncoding(header("accept-encoding")));
  } catch (error) {
    if (response.destroyed || request.errored) return;
    fail(response, error, context.closing);
    // What is still to come of the body goes unread, so that the client can read the answer.
    request.resume();
  }
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

async function send(
  response: ServerResponse,
  answer: Answer,
  encoding: ReturnType<typeof acceptedEncoding>,
): Promise<void> {
  if (answer === undefined) {
    response.writeHead(200, { "Content-Type": "text/plain", "Content-Length": 0 }).end();
    return;
  }
  if ("json" in answer) {
    sendJson(response, 200, answer.json);
    return;
  }
  const { headerLength, parts, byteLength } = answer.message;
  const type = headerLength === undefined ? "application/json" : "application/octet-stream";
  response.setHeader("Content-Type", type);
  if (headerLength !== undefined) response.setHeader(headerLengthName, headerLength);
  if (encoding !== undefined) {
    const body = await compress(parts, encoding);
    response.writeHead(200, { "Content-Encoding": encoding, "Content-Length": body.length }).end(body);
    return;
  }
  response.writeHead(200, { "Content-Length": byteLength });
  for (const part of parts) response.write(part);
  response.end();
}

function sendJson(response: ServerResponse, status: number, json: unknown): void {
  const body = Buffer.from(JSON.stringify(json));
  response.writeHead(status, { "Content-Type": "application/json", "Content-Length": body.length }).end(body);
}

function fail(response: ServerResponse, error: unknown, closing: AbortSignal): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  let { status, message } =
    error instanceof ProtocolError ? error : { status: 500, message: `internal error: ${String(error)}` };
  if (closing.aborted && error === closing.reason) [status, message] = [503, closing.reason.message];
  else if (!(error instanceof ProtocolError)) console.error(error);
  if (closing.aborted) response.shouldKeepAlive = false;
  if (status === 501) response.setHeader("Accept-Encoding", "gzip, deflate");
  sendJson(response, status, { error: message });
}

import { setMaxListeners } from "node:events";
import type { Server } from "node:http";
import { isIPv6 } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { ProtocolError } from "@bioengine/triton";
import { BodyBudget } from "./http/bodybudget";
import { exchange } from "./http/exchange";
import { createHttpServer } from "./http/httpserver";
import { defaultLimits, type Limits } from "./http/limits";
import type { Model } from "./model";
import type { IndexEntry } from "./modelentry";
import { models, trainings } from "./models";
import { Repository } from "./repository";

/** Where to serve. */
export interface ServerOptions {
  /** Address to listen on; default `"127.0.0.1"`, this machine alone; `"0.0.0.0"` is every network. */
  host?: string;
  /** 0 to 65535; default 0: a free one. */
  port?: number;
  /** A folder of further models in Triton's layout; with one, models can be trained, and loaded and unloaded by request. */
  modelRepository?: string;
  /** Most bytes of a request, default 2^30. */
  maxRequestBytes?: number;
}

/** A server that runs. */
export interface RunningServer {
  /** E.g. `http://127.0.0.1:8000`. */
  readonly url: string;
  /** What it found to serve when it started; a model that can't be served has a `reason`. */
  readonly models: readonly IndexEntry[];
  /**
   * Stop: lets the answers that are being computed go out, if they are ready within 20 s, and refuses the requests
   * that wait.
   */
  close(): Promise<void>;
}

/**
 * Serve the models `cellpose-python` and `stardist`, and with a model repository their training, by Triton's HTTP protocol.
 *
 * Networks are loaded on first use. A model runs one request at a time; requests of clients that have gone are
 * skipped. Pages of any origin may call. Limits keep clients from taking all the memory or all the connections: what
 * is beyond them is refused, with a status and a reason.
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
  const kept = options.modelRepository === undefined ? [] : trainings;
  return serveModels([...models, ...kept], options);
}

/** Longest wait for clients to take the last answers, when the server stops. */
const lastAnswersMs = 1000;

/** Serve any models, within any limits; see `startServer`. */
export async function serveModels(
  served: readonly Model[],
  { host = "127.0.0.1", port = 0, modelRepository, maxRequestBytes }: ServerOptions = {},
  changes: Partial<Limits> = {},
): Promise<RunningServer> {
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new RangeError(`Cannot serve: port must be a whole number from 0 to 65535, got ${port}`);
  }
  const limits = { ...defaultLimits, ...changes };
  if (maxRequestBytes !== undefined) limits.requestBytes = maxRequestBytes;
  const repository = new Repository(served, modelRepository);
  const budget = new BodyBudget(limits.heldBytes, limits.memoryMs);
  const closing = new AbortController();
  const closed = new AbortController();
  setMaxListeners(0, closing.signal, closed.signal);
  const service = { repository, limits, budget, closing: closing.signal, closed: closed.signal };
  const server = createHttpServer((request, response) => void exchange(request, response, service), limits);
  await listen(server, host, port);
  const close = async () => {
    const reason = new ProtocolError(503, "the server is being stopped");
    closing.abort(reason);
    const ended = new Promise((resolve) => server.close(resolve));
    server.closeIdleConnections();
    for (const one of repository.all()) one.served.close(reason);
    const idle = new AbortController();
    const timer = setTimeout(() => closed.abort(reason), limits.closingMs);
    // A process that ends in the middle of a computation crashes.
    const late = pause(limits.closingMs + limits.stoppingMs, undefined, idle).catch(() => {});
    await Promise.race([repository.close(), late]);
    idle.abort();
    clearTimeout(timer);
    const last = setTimeout(() => server.closeAllConnections(), lastAnswersMs);
    await ended;
    clearTimeout(last);
  };
  let stopped: Promise<void> | undefined;
  return {
    url: urlOf(server, host),
    models: repository.index(new Uint8Array()),
    close() {
      stopped ??= close();
      return stopped;
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

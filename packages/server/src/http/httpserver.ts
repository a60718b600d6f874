import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from "node:http";
import type { Duplex } from "node:stream";
import { errorBody } from "./answer";
import type { Limits } from "./limits";

/** Answers a request; never throws. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Refusals of what can't be read as a request, by the code of the error. */
const refusals: Readonly<Record<string, readonly [status: number, message: string]>> = {
  HPE_HEADER_OVERFLOW: [431, "Cannot read the request: its head must have at most 16384 bytes, got more"],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [
    413,
    "Cannot read the request: its chunks must have short extensions, got more",
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "Cannot read the request: its head must come sooner"],
};

/** How long a refused connection is kept, so that the client can read the refusal. */
const refusalMs = 1000;

/**
 * A server of HTTP that bounds what clients can hold: connections, heads, and the time for both. Whatever comes is
 * answered with a status and a JSON error.
 */
export function createHttpServer(handle: Handler, limits: Limits): Server {
  const server = createServer(
    {
      maxHeaderSize: 2 ** 14,
      headersTimeout: limits.headMs,
      // The body has a pace of its own: a slow line may take hours.
      requestTimeout: 0,
      connectionsCheckingInterval: Math.min(limits.headMs / 4, 5000),
      keepAliveTimeout: limits.keepAliveMs,
      // As Triton, which takes requests without one.
      requireHostHeader: false,
    },
    answer,
  );
  server.maxConnections = limits.connections;
  const answering = new WeakMap<Duplex, ServerResponse>();

  function answer(request: IncomingMessage, response: ServerResponse): void {
    answering.set(request.socket, response);
    handle(request, response);
  }

  // The handler says when a body is welcome.
  server.on("checkContinue", answer);
  server.on("checkExpectation", (request: IncomingMessage, response: ServerResponse) => {
    const body = errorBody(
      `Cannot answer: Expect must be 100-continue, got ${String(request.headers.expect)}`,
    );
    response.writeHead(417, { "Content-Type": "application/json", "Content-Length": body.length }).end(body);
  });
  server.on("connect", (_: IncomingMessage, socket: Duplex) => refuse(socket, 405, "Method Not Allowed"));
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    const response = answering.get(socket);
    const inAnswer = response?.headersSent && !response.writableFinished;
    if (!socket.writable || inAnswer || error.code === "ECONNRESET") {
      socket.destroy();
      return;
    }
    const other = [400, `Cannot read the request: ${error.message}`] as const;
    refuse(socket, ...(refusals[error.code ?? ""] ?? other));
  });
  let connections = 0;
  server.on("connection", (socket: Duplex) => {
    connections++;
    socket.once("close", () => connections--);
    if (connections > 0.75 * limits.connections) server.closeIdleConnections();
  });
  return server;
}

/** Answer on the bare connection, and end it. */
function refuse(socket: Duplex, status: number, message: string): void {
  const body = errorBody(message);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "Connection: close",
    "Content-Type: application/json",
    `Content-Length: ${body.length}`,
  ];
  socket.on("error", () => socket.destroy());
  socket.end(Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), body]));
  socket.resume();
  setTimeout(() => socket.destroy(), refusalMs).unref();
}

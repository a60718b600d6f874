import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { bytesOf, transcript } from "./transcript";

export interface Seen {
  readonly line: string;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

export interface Replay {
  readonly url: string;
  /** The requests so far. */
  readonly seen: Seen[];
  /** Connections so far. */
  connections(): number;
}

export type Handler = (response: ServerResponse, request: Seen) => void;

/**
 * A server that answers as a real Triton did: request lines to titles of transcripts, or to functions. Ends with
 * the test.
 */
export async function replay(answers: Record<string, string | Handler>): Promise<Replay> {
  const seen: Seen[] = [];
  let connections = 0;
  const server = createServer(async (request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return; // The client went away.
    }
    const one = {
      line: `${request.method} ${request.url}`,
      headers: request.headers,
      body: Buffer.concat(chunks),
    };
    seen.push(one);
    const answer = answers[one.line] ?? "unknown path";
    if (typeof answer === "function") answer(response, one);
    else {
      const recorded = transcript(answer).response;
      const { "Content-Encoding": _, ...headers } = recorded.headers;
      const body = bytesOf(recorded.body);
      response.writeHead(recorded.status, { ...headers, "Content-Length": body.length }).end(body);
    }
  });
  server.on("connection", () => connections++);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, seen, connections: () => connections };
}

/** The lines that a real Triton answers about a model. */
export const configLine = (modelName: string): string => `GET /v2/models/${modelName}/config`;

export const inferLine = (modelName: string): string => `POST /v2/models/${modelName}/infer`;

/** A configuration for a model that was not recorded. */
export function configAnswer(config: object): Handler {
  return (response) => {
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify({ max_batch_size: 0, ...config }));
  };
}

/** Answers with the inputs as they came, as outputs of the same names: binary data for binary data. */
export const echo: Handler = (response, { headers, body }) => {
  const length = Number(headers["inference-header-content-length"] ?? body.length);
  const { id, inputs } = JSON.parse(body.subarray(0, length).toString());
  const header = Buffer.from(JSON.stringify({ id, model_name: "m", model_version: "1", outputs: inputs }));
  if (length < body.length) response.setHeader("Inference-Header-Content-Length", header.length);
  response.end(Buffer.concat([header, body.subarray(length)]));
};

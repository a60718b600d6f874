import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";

/** What a chat server was sent. */
export interface ChatRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: {
    readonly model: string;
    readonly stream: boolean;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
  };
}

/** A local server that speaks the API `/chat/completions`, and answers what it is told. */
export interface ChatServer {
  /** Its address, with `/v1`. */
  readonly url: string;
  readonly requests: readonly ChatRequest[];
  /** Requests whose client has gone before the answer was over. */
  readonly cancelled: readonly ChatRequest[];
  /** Answers from now on. */
  reply: (response: ServerResponse) => void;
  close(): Promise<void>;
}

/** One server-sent event with a piece of the answer. */
export const pieceEvent = (content: string): string =>
  `data: ${JSON.stringify({ object: "chat.completion.chunk", choices: [{ index: 0, delta: { content } }] })}\n\n`;

/** Answers piece by piece, and ends. */
export const streamed =
  (...pieces: readonly string[]) =>
  (response: ServerResponse): void => {
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
    for (const piece of pieces) response.write(pieceEvent(piece));
    const last = { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] };
    response.end(`data: ${JSON.stringify(last)}\n\ndata: [DONE]\n\n`);
  };

/** Answers these pieces, and then no more. */
export const unfinished =
  (...pieces: readonly string[]) =>
  (response: ServerResponse): void => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const piece of pieces) response.write(pieceEvent(piece));
  };

/** Refuses with a status, as OpenAI does. */
export const refused =
  (status: number, message: string) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify({ error: { message, type: "error", code: null } }));
  };

/** Start one on a free port of this machine. */
export async function startChatServer(): Promise<ChatServer> {
  const requests: ChatRequest[] = [];
  const cancelled: ChatRequest[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const received = { path: request.url ?? "", headers: request.headers, body: JSON.parse(body) };
    requests.push(received);
    response.on("close", () => {
      if (!response.writableFinished) cancelled.push(received);
    });
    chat.reply(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const chat: ChatServer = {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    cancelled,
    reply: streamed(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return chat;
}

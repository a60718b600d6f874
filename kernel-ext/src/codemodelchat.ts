import type { ChatMessage } from "@bioengine/mime";
import { CodeModelError } from "./codemodelerror";
import type { CodeModelSettings } from "./codemodelsettings";
import { eventData } from "./serversentevents";

/** Most that is read of an answer, in bytes: a cell is some thousands. */
const MAX_BYTES = 10_000_000;

/** Most that is told of a server's own message, in characters. */
const MAX_DETAIL = 300;

/** How a chat goes on. */
export interface ChatOptions {
  /** Cancels it. */
  readonly signal: AbortSignal;
  /** Is told each piece of the answer as it comes. */
  readonly onPiece: (text: string) => void;
}

/**
 * Ask a code model through the API `/chat/completions`, which OpenAI, Ollama, vLLM, llama.cpp and others speak.
 *
 * @returns whether the answer was cut as too long
 * @throws {CodeModelError} if there is no answer, or it breaks off
 */
export async function chat(
  settings: CodeModelSettings,
  messages: readonly ChatMessage[],
  { signal, onPiece }: ChatOptions,
): Promise<boolean> {
  const { url, model, key, seconds } = settings;
  const limit = AbortSignal.timeout(seconds * 1000);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "text/event-stream",
        ...(key && { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify({ model, messages, stream: true }),
      // Nobody has agreed to another address.
      redirect: "manual",
      signal: AbortSignal.any([signal, limit]),
    });
    if (!response.ok) throw await refusal(response);
    return await readAnswer(response, onPiece);
  } catch (error) {
    if (limit.aborted) throw new CodeModelError("timeout", String(seconds), { cause: error });
    if (error instanceof CodeModelError) {
      throw new CodeModelError(error.reason, key ? error.detail.replaceAll(key, "…") : error.detail);
    }
    throw new CodeModelError("unreachable", rootOf(error), { cause: error });
  }
}

async function readAnswer(response: Response, onPiece: (text: string) => void): Promise<boolean> {
  const body = response.body ?? new ReadableStream<Uint8Array>();
  let isCut = false;
  let hasCome = false;
  const take = (data: string): void => {
    const { text, isLast, message } = partOf(data);
    if (message) throw new CodeModelError("status", message);
    if (text) onPiece(text);
    hasCome = true;
    isCut ||= isLast;
  };
  if (response.headers.get("content-type")?.includes("application/json")) {
    // A server that knows no streaming.
    take(await textOf(body));
  } else {
    for await (const data of eventData(limited(body))) {
      if (data === "[DONE]") break;
      take(data);
    }
  }
  if (!hasCome) throw new CodeModelError("unreadable", "");
  return isCut;
}

/** What a part of the answer, or a whole one, says. */
function partOf(data: string): { text: string; isLast: boolean; message: string } {
  const part = jsonOf(data);
  const choice = field(field(part, "choices"), 0);
  const text = field(field(choice, "delta") ?? field(choice, "message"), "content");
  if (part === undefined) throw new CodeModelError("unreadable", shortened(data));
  return {
    text: typeof text === "string" ? text : "",
    isLast: field(choice, "finish_reason") === "length",
    message: messageIn(part),
  };
}

async function refusal(response: Response): Promise<CodeModelError> {
  const { status, headers } = response;
  if (status >= 300 && status < 400) {
    const { origin, pathname } = new URL(headers.get("location") ?? "", response.url);
    // The query may hold the key.
    return new CodeModelError("redirect", origin + pathname);
  }
  const body = response.body ? await textOf(response.body) : "";
  const said = messageIn(jsonOf(body)) || (headers.get("content-type")?.includes("text/plain") ? body : "");
  const detail = shortened([status, said].filter(Boolean).join(": "));
  const reasons = { 401: "key", 403: "key", 404: "address", 429: "limit" } as const;
  return new CodeModelError(Reflect.get(reasons, status) ?? "status", detail);
}

/** What a server says of an error, in the form of OpenAI's or of others. */
function messageIn(body: unknown): string {
  const error = field(body, "error");
  const message = field(error, "message") ?? error ?? field(body, "detail") ?? "";
  return shortened(typeof message === "string" ? message : JSON.stringify(message));
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of limited(body)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function* limited(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) throw new CodeModelError("unreadable", `${bytes} bytes`);
    yield chunk;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const field = (value: unknown, name: string | number): unknown => Reflect.get(Object(value), name);

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > MAX_DETAIL ? `${line.slice(0, MAX_DETAIL)}…` : line;
}

/** `fetch` says why it failed in the cause of its error, which may be one of several addresses' errors. */
function rootOf(error: unknown): string {
  const { cause, errors, code, message } = Object(error);
  const inner = cause ?? errors?.[0];
  return inner ? rootOf(inner) : shortened(String(code ?? message ?? error));
}

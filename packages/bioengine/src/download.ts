import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { ConnectionError, HttpError } from "@bioengine/triton";
import { takeLock } from "./filelock";

/** How a file is downloaded. */
export interface DownloadOptions {
  /** Begins each message after "Cannot", e.g. "get the training images". */
  action: string;
  signal?: AbortSignal;
  onProgress?: (loaded: number, total: number | undefined) => void;
  /** Longest time until the server begins to answer, in ms. */
  headMs?: number;
}

interface Request extends DownloadOptions {
  url: string;
}

const sizeOf = async (path: string): Promise<number | undefined> =>
  (await stat(path).catch(() => undefined))?.size;

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return "code" in cause && cause.message === "" ? String(cause.code) : cause.message;
}

/** The answer's status and headers; its body is still to come. */
async function ask(request: Request, headers: Record<string, string>): Promise<Response> {
  const { url, action, signal, headMs = 15_000 } = request;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error(`no answer within ${headMs / 1000} s`)), headMs);
  try {
    return await fetch(url, {
      headers: { ...headers, "accept-encoding": "identity" },
      signal: signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]),
    });
  } catch (cause) {
    signal?.throwIfAborted();
    throw new ConnectionError(`Cannot ${action}: ${url} must be reachable, got ${reasonOf(cause)}`, url, {
      cause,
    });
  } finally {
    clearTimeout(timer);
  }
}

async function* chunksOf(response: Response, { url, action, signal }: Request): AsyncGenerator<Uint8Array> {
  try {
    if (response.body !== null) for await (const chunk of response.body) yield chunk;
  } catch (cause) {
    signal?.throwIfAborted();
    const message = `Cannot ${action}: all of ${url} must arrive, got its beginning (${reasonOf(cause)}); the next call resumes there`;
    throw new Error(message, { cause });
  }
}

/** First byte and size of the file, of an answer with a part of it. */
function rangeOf(response: Response): { start: number; total: number | undefined } | undefined {
  const parts = response.headers.get("content-range")?.match(/^bytes (\d+)-\d+\/(\d+|\*)$/);
  if (!parts) return undefined;
  return { start: Number(parts[1]), total: parts[2] === "*" ? undefined : Number(parts[2]) };
}

function lengthOf(response: Response): number | undefined {
  const length = response.headers.get("content-length");
  // The length of what is compressed says nothing about the file's.
  return length === null || response.headers.has("content-encoding") ? undefined : Number(length);
}

/** Fetch a file, or the rest of it if its beginning is there. */
async function fetchTo(part: string, request: Request): Promise<void> {
  const { url, action, onProgress } = request;
  const etagPath = `${part}.etag`;
  const size = (await sizeOf(part)) ?? 0;
  const etag = size > 0 ? await readFile(etagPath, "utf8").catch(() => undefined) : undefined;
  const response = await ask(request, {
    ...(size > 0 && { range: `bytes=${size}-` }),
    ...(etag !== undefined && { "if-range": etag }),
  });
  const range = response.status === 206 ? rangeOf(response) : undefined;
  const isRest = size > 0 && range?.start === size;
  if (size > 0 && !isRest && (response.status === 206 || response.status === 416)) {
    await response.body?.cancel();
    await rm(part);
    return fetchTo(part, request);
  }
  if (!isRest && response.status !== 200) {
    await response.body?.cancel();
    const serverMessage = `${response.status} ${response.statusText}`.trim();
    throw new HttpError(`Cannot ${action}: GET ${url} must be answered with 200, got ${serverMessage}`, {
      status: response.status,
      url,
      serverMessage,
    });
  }
  let loaded = isRest ? size : 0;
  const rest = lengthOf(response);
  const total = range?.total ?? (rest === undefined ? undefined : loaded + rest);
  const file = await open(part, isRest ? "a" : "w");
  try {
    if (!isRest) {
      const newTag = response.headers.get("etag");
      // A weak one, W/"…", doesn't say that the bytes are the same.
      if (newTag?.startsWith('"')) await writeFile(etagPath, newTag);
      else await rm(etagPath, { force: true });
    }
    for await (const chunk of chunksOf(response, request)) {
      await file.appendFile(chunk);
      loaded += chunk.length;
      onProgress?.(loaded, total);
    }
  } finally {
    await file.close();
  }
  if (total !== undefined && loaded !== total) {
    throw new Error(
      `Cannot ${action}: all ${total} bytes of ${url} must arrive, got ${loaded}; the next call resumes there`,
    );
  }
}

/**
 * Download a file, unless it is there. What arrives of it is kept beside it, in a file that ends in `.part`, with which
 * the next call goes on, if the server still has the same file.
 *
 * Calls at the same time don't disturb each other: one has the `.part` file, others have one of their own.
 *
 * @param url where from, http or https
 * @param path where to; its folder is made
 * @param options.onProgress is told the bytes so far and of the whole, undefined if the server doesn't say
 * @throws {ConnectionError} if the server can't be reached, or doesn't begin to answer within `headMs`, default 15000
 * @throws {HttpError} if it answers with an error
 * @throws {Error} if the connection breaks
 */
export async function download(url: string, path: string, options: DownloadOptions): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const giveBack = await takeLock(`${path}.lock`);
  const part = giveBack === undefined ? `${path}.${randomUUID()}.part` : `${path}.part`;
  try {
    if ((await sizeOf(path)) !== undefined) return;
    await fetchTo(part, { ...options, url });
    await rename(part, path);
    await rm(`${part}.etag`, { force: true });
  } finally {
    if (giveBack !== undefined) await giveBack();
    else for (const left of [part, `${part}.etag`]) await rm(left, { force: true });
  }
}

import { open } from "node:fs/promises";
import { join } from "node:path";
import { type ByteSource, useFile } from "./bytesource";
import { reasonOf } from "./reason";
import type { Zarr } from "./zarrlibrary";

type Store = Parameters<Zarr["open"]>[0];
type RangeQuery = { offset: number; length: number } | { suffixLength: number };

/** Whether an address is that of a Zarr folder on a server. */
export const isZarrUrl = (source: string): boolean => /^https?:\/\/.*\.zarr(\/|\?|$)/.test(source);

const isMetadata = (url: string) => /\/(zarr\.json|\.zarray|\.zgroup|\.zattrs|\.zmetadata)(\?|$)/.test(url);

/** What a request's range is of an answer: a server that knows no ranges gives everything. */
async function partOf(response: Response, request: Request): Promise<Response> {
  const [, from, to] = request.headers.get("range")?.match(/^bytes=(\d+)-(\d+)$/) ?? [];
  if (to === undefined) {
    if (request.method !== "HEAD" || response.headers.has("content-length")) return response;
    throw new Error(`HEAD ${request.url} must say the length, which its server doesn't`);
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  const [start, length] = [Number(from), Number(to) + 1 - Number(from)];
  const part = response.status === 206 ? bytes : bytes.subarray(start, start + length);
  if (part.length === length) return new Response(part, { status: 206 });
  throw new Error(`GET ${request.url} must give ${length} bytes from ${start} on, got ${part.length}`);
}

/** Some servers forbid what isn't there; of chunks, that is an error. */
async function fetched(request: Request, signal: AbortSignal | undefined): Promise<Response> {
  const response = await fetch(request, signal === undefined ? {} : { signal }).catch((cause) => {
    if (signal?.aborted) throw cause;
    const reason = reasonOf(cause instanceof Error ? (cause.cause ?? cause) : cause);
    throw new Error(`the server can't be reached: ${reason}`, { cause });
  });
  if (response.status === 404) return response;
  if (response.ok) return partOf(response, request);
  if (response.status === 403 && isMetadata(request.url)) return new Response(null, { status: 404 });
  throw new Error(`GET ${request.url} answers ${response.status} ${response.statusText}`);
}

/** Files of a server. */
export const serverStore = (zarr: Zarr, url: string, signal: AbortSignal | undefined): Store =>
  new zarr.FetchStore(url, { fetch: (request) => fetched(request, signal) });

/** Where a range of so many bytes begins, and how long it is. */
const rangeIn = (size: number, range: RangeQuery) =>
  "suffixLength" in range ? { offset: size - range.suffixLength, length: range.suffixLength } : range;

/** Files of a folder; undefined for those that aren't there. */
export const folderStore = (folder: string): Store => {
  const part = async (key: string, read: (source: ByteSource) => Promise<Uint8Array>) => {
    const path = join(folder, key);
    try {
      return await useFile(await open(path), path, read);
    } catch (cause) {
      if (cause instanceof Error && "code" in cause && (cause.code === "ENOENT" || cause.code === "EISDIR"))
        return undefined;
      throw cause;
    }
  };
  return {
    get: (key: string) => part(key, (source) => source.read(0, source.size)),
    getRange: (key: string, range: RangeQuery) =>
      part(key, (source) => {
        const { offset, length } = rangeIn(source.size, range);
        return source.read(offset, length);
      }),
  };
};

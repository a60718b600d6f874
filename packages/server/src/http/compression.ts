import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { createGunzip, createInflate, deflate, gzip } from "node:zlib";
import { ProtocolError } from "@bioengine/triton";

/** The encodings that Triton knows; `deflate` is zlib's format (RFC 1950). */
export type Encoding = "gzip" | "deflate";

const decompressors = { gzip: createGunzip, deflate: createInflate };
const compressors = { gzip: promisify(gzip), deflate: promisify(deflate) };

/** The encoding of a request's body; undefined if it is none. @throws {ProtocolError} 501 if it is unknown */
export function contentEncoding(header: string | undefined): Encoding | undefined {
  const name = header?.trim().toLowerCase() ?? "";
  if (name === "" || name === "identity") return undefined;
  if (name === "gzip" || name === "deflate") return name;
  throw new ProtocolError(501, "Unsupported compression type");
}

/** The encoding to answer in, by an Accept-Encoding header: gzip before deflate, as Triton chooses. */
export function acceptedEncoding(header: string | undefined): Encoding | undefined {
  const accepted = new Set<string>();
  for (const item of header?.toLowerCase().split(",") ?? []) {
    const [name, ...parameters] = item.split(";").map((part) => part.trim());
    if (!parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) accepted.add(name);
  }
  if (accepted.has("gzip")) return "gzip";
  return accepted.has("deflate") ? "deflate" : undefined;
}

/**
 * A body is decompressed in pieces of this size: a bomb is noticed one piece after the limit. Each goes to another
 * thread and back, which takes long on a busy machine.
 */
const pieceBytes = 2 ** 20;

/**
 * The body of a request, decompressed while it comes; one that is not in the encoding counts as empty, as in Triton.
 *
 * @param encoding undefined: the body as it comes
 * @param onBytes called with the number of bytes that have come, compressed
 */
export async function* decompressed(
  request: IncomingMessage,
  encoding: Encoding | undefined,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (encoding === undefined) {
    // The connection must outlive a refusal, to carry the answer.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      onBytes(chunk.length);
      yield chunk;
    }
    return;
  }
  const decompressor = decompressors[encoding]({ chunkSize: pieceBytes });
  request.once("error", (error) => decompressor.destroy(error));
  request.on("data", (chunk: Uint8Array) => onBytes(chunk.length));
  request.pipe(decompressor);
  yield* decompressor;
}

/** Whether an error says that bytes are not in their encoding. */
export function isNotCompressed(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
}

/** Compress an answer, quickly rather than well: masks shrink at any level. */
export function compress(parts: readonly Uint8Array[], encoding: Encoding): Promise<Uint8Array> {
  return compressors[encoding](Buffer.concat(parts), { level: 1 });
}

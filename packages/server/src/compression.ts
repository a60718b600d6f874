import { promisify } from "node:util";
import { deflate, gunzip, gzip, inflate } from "node:zlib";
import { ProtocolError } from "@bioengine/triton";

/** The encodings that Triton knows; `deflate` is zlib's format (RFC 1950). */
export type Encoding = "gzip" | "deflate";

const decompressors = { gzip: promisify(gunzip), deflate: promisify(inflate) };
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
 * Decompress a body; one that is not in the encoding counts as empty, as in Triton.
 *
 * @throws {ProtocolError} 413 if it has more than `maximum` bytes
 */
export async function decompress(body: Uint8Array, encoding: Encoding, maximum: number): Promise<Uint8Array> {
  try {
    return await decompressors[encoding](body, { maxOutputLength: maximum });
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    if (error.code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(maximum);
    if (typeof error.code === "string" && error.code.startsWith("Z_")) return new Uint8Array();
    throw error;
  }
}

/** Compress an answer, quickly rather than well: masks shrink at any level. */
export function compress(parts: readonly Uint8Array[], encoding: Encoding): Promise<Uint8Array> {
  return compressors[encoding](Buffer.concat(parts), { level: 1 });
}

/** The refusal of a body that is too large. */
export function tooLarge(maximum: number): ProtocolError {
  return new ProtocolError(413, `the request must have at most ${maximum} bytes; send a part of the image`);
}

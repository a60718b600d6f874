import { InputError } from "../error";
import { headerLengthName, receiveBuffer } from "../message";
import { meter } from "./meter";
import { BrokenResponse, type TransportRequest, type TransportResponse } from "./transport";

/**
 * The browser's way to a server: its own fetch, which decompresses and keeps connections open by itself. It doesn't
 * tell how much of a body is sent.
 */
export async function transport(request: TransportRequest): Promise<TransportResponse> {
  const { method, url, signal, compression, onProgress, tls } = request;
  if (tls) {
    throw new InputError(
      "Cannot use tls in a browser: its user decides whom it trusts, got tls; leave it out",
    );
  }
  // A Blob takes the parts as they are; only fetch itself joins them.
  const whole = request.body && new Blob([...request.body]);
  const body = whole && compression ? await compress(whole, compression) : whole;
  const headers = { ...request.headers };
  if (body && compression) headers["Content-Encoding"] = compression;
  const sent = body && meter("sending", body.size, onProgress);
  const response = await fetch(url, { method, headers, body, signal });
  sent?.(body?.size ?? 0);
  const total = Number(response.headers.get("Content-Length") ?? 0) || undefined;
  const encoded = response.headers.has("Content-Encoding");
  const count = meter("receiving", encoded ? undefined : total, onProgress);
  try {
    const chunks: Uint8Array[] = [];
    const reader = response.body?.getReader();
    for (let chunk = await reader?.read(); chunk?.value; chunk = await reader?.read()) {
      chunks.push(chunk.value);
      count(chunk.value.length);
    }
    const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    const received = receiveBuffer(size, Number(response.headers.get(headerLengthName) ?? 0));
    let position = 0;
    for (const chunk of chunks) {
      received.set(chunk, position);
      position += chunk.length;
    }
    return {
      status: response.status,
      header: (name) => response.headers.get(name) ?? undefined,
      body: received,
    };
  } catch (cause) {
    throw new BrokenResponse(cause);
  }
}

/** Streams call zlib's format deflate, as HTTP does. */
function compress(body: Blob, compression: "gzip" | "deflate"): Promise<Blob> {
  return new Response(body.stream().pipeThrough(new CompressionStream(compression))).blob();
}

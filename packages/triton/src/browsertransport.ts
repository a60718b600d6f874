import { headerLengthName, receiveBuffer } from "./message";
import type { TransportRequest, TransportResponse } from "./transport";

/** The browser's way to a server: its own fetch, which decompresses and keeps connections open by itself. */
export async function transport(request: TransportRequest): Promise<TransportResponse> {
  const { method, url, headers, body, signal } = request;
  // A Blob takes the parts as they are; only fetch itself joins them.
  const response = await fetch(url, { method, headers, body: body && new Blob([...body]), signal });
  const received = new Uint8Array(await response.arrayBuffer());
  const headerLength = Number(response.headers.get(headerLengthName) ?? 0);
  const aligned = receiveBuffer(received.length, headerLength);
  aligned.set(received);
  return {
    status: response.status,
    header: (name) => response.headers.get(name) ?? undefined,
    body: aligned,
  };
}

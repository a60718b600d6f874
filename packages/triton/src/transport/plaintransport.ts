import { validateHeaderName, validateHeaderValue } from "node:http";
import { PlainConnection } from "./plainconnection";
import type { TransportRequest, TransportResponse } from "./transport";

/** Connections that wait for a next request, by host. */
const waiting = new Map<string, PlainConnection[]>();

/** http without encryption, over connections that stay open. The body of the answer is as it came. */
export async function plainTransport(request: TransportRequest): Promise<TransportResponse> {
  const url = new URL(request.url);
  const connection = connectionTo(url);
  const response = await connection.exchange(headOf(url, request), request);
  if (connection.isFree) waiting.set(url.host, [...(waiting.get(url.host) ?? []), connection]);
  return response;
}

function connectionTo({ host, hostname, port }: URL): PlainConnection {
  const free = waiting.get(host) ?? [];
  for (let known = free.pop(); known; known = free.pop()) {
    if (known.isFree && performance.now() < known.expiresMs) return known;
    known.close();
  }
  const address = hostname.replace(/^\[(.*)\]$/, "$1");
  const connection = new PlainConnection(address, Number(port || 80), () => {
    const left = waiting.get(host)?.filter((other) => other !== connection);
    if (left) waiting.set(host, left);
  });
  return connection;
}

function headOf({ host, pathname, search }: URL, { method, headers }: TransportRequest): string {
  const lines = Object.entries(headers).map(([name, value]) => {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return `${name}: ${value}\r\n`;
  });
  return `${method} ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\n${lines.join("")}\r\n`;
}

/** One HTTP request. */
export interface TransportRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The body in order; sent part by part, not joined. */
  readonly body?: readonly Uint8Array[];
  readonly signal: AbortSignal;
}

/** What came back, whatever its status; the body is decompressed. */
export interface TransportResponse {
  readonly status: number;
  /** A header by its name, in any case; undefined if it is absent or hidden from this page. */
  header(name: string): string | undefined;
  readonly body: Uint8Array;
}

/**
 * The way to a server. Rejects if there was no answer.
 *
 * There is one for Node and one for browsers; bundlers choose by the `browser` field of package.json.
 */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>;

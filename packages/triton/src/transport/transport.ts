import type { TlsOptions, TransferOptions } from "../calloptions";

/** One HTTP request. */
export interface TransportRequest extends Pick<TransferOptions, "compression" | "onProgress"> {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The body in order; sent part by part, not joined. */
  readonly body?: readonly Uint8Array[];
  readonly tls?: TlsOptions;
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
 * The way to a server. Rejects if there was no answer, with a `BrokenResponse` if it ended too early.
 *
 * There is one for Node and one for browsers; bundlers choose by the `browser` field of package.json.
 */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>;

/** An answer began, and broke off: what was asked for may have been done. `cause` has the reason. */
export class BrokenResponse extends Error {
  override readonly name = "BrokenResponse";

  constructor(cause: unknown) {
    super(`the answer broke off: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

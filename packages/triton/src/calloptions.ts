// Apart from what uses them: these declarations must not need those of a platform.

declare global {
  // Adds nothing where a platform declares it, and stands for it where none does, as in a cell without Node's types.
  interface AbortSignal {}
}

/** What aborts a call: any `AbortSignal` is one. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** Headers by name, e.g. `{ Authorization: "Bearer …" }`. */
export type HeadersByName = Readonly<Record<string, string>>;

/** Whom to trust, and who is asking, on https. Texts are PEM: what is in a `.pem` or `.crt` file. Node only. */
export interface TlsOptions {
  /** Certificates of the authorities to trust instead of the well-known ones, e.g. an institute's own. */
  ca?: string | readonly string[];
  /** The client's certificate, for servers that want one. */
  cert?: string;
  /** The key of `cert`. */
  key?: string;
}

/** What every call to a server takes. */
export interface CallOptions {
  /** Sent with each request; a function is asked each time, for what changes, such as a token that expires. */
  headers?: HeadersByName | (() => HeadersByName | Promise<HeadersByName>);
  /** Sent as `Authorization: Bearer …`. */
  token?: string;
  /** Added to each URL as `?name=value`, for servers behind something that wants it. */
  query?: Readonly<Record<string, string>>;
  /** For https with a private authority. */
  tls?: TlsOptions;
  /**
   * How often a call is repeated if nobody answers, or with 502, 503 or 504; 0 to 10, default 2. Steps of a
   * sequence, and what changes the server, are never repeated.
   */
  retries?: number;
  /** Aborts the call: it then rejects with the signal's reason. */
  signal?: AbortSignalLike;
  /** Longest time for the whole call in ms, repetitions included; default: none. */
  timeoutMs?: number;
}

/** How far a call is. */
export interface TransferProgress {
  /** The inputs are on their way; the model runs; the outputs are on their way. */
  readonly phase: "sending" | "running" | "receiving";
  /** Bytes of this phase so far; while the model runs 0, or the parts that are done if the server tells. */
  readonly loaded: number;
  /** All bytes of this phase, or parts; undefined if the server doesn't say. */
  readonly total: number | undefined;
}

/** What calls take that carry arrays. */
export interface TransferOptions extends CallOptions {
  /**
   * Compress what is sent, and ask for compressed results. Default: nothing is: images compress little, and
   * packing 50 MB takes longer than sending them on all but slow lines (below some 20 MB/s).
   */
  compression?: "gzip" | "deflate";
  /** Called as bytes come and go: every few MiB, and when a phase begins or ends. */
  onProgress?: (progress: TransferProgress) => void;
}

export const callOptionNames: readonly string[] = [
  "headers",
  "token",
  "query",
  "tls",
  "retries",
  "signal",
  "timeoutMs",
] satisfies (keyof CallOptions)[];

export const transferOptionNames: readonly string[] = [
  ...callOptionNames,
  ...(["compression", "onProgress"] satisfies (keyof TransferOptions)[]),
];

/** Those options alone, to pass them on. */
export function callOptionsOf(options: CallOptions): CallOptions {
  const { headers, token, query, tls, retries, signal, timeoutMs } = options;
  return { headers, token, query, tls, retries, signal, timeoutMs };
}

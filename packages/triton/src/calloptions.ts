// Apart from what uses them: these declarations must not need those of a platform.

/** What aborts a call: any `AbortSignal` is one. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** What every call to a server takes. */
export interface CallOptions {
  /** Sent with each request, e.g. `{ Authorization: "Bearer …" }`. */
  headers?: Readonly<Record<string, string>>;
  /** Aborts the call: it then rejects with the signal's reason. */
  signal?: AbortSignalLike;
  /** Longest time for the whole call in ms, default: none. */
  timeoutMs?: number;
}

import type { Content } from "./message";

// What the two threads say to each other. The protocol thread owns the sockets and is never busy; the main thread
// runs the cells.

/** From the protocol thread to the main thread. */
export type Order =
  | { readonly kind: "request"; readonly request: number; readonly type: string; readonly content: Content }
  | { readonly kind: "interrupt" }
  | { readonly kind: "exit" };

/** The answer to one request; without a reply where the protocol knows none. */
export interface Answer {
  readonly reply?: { readonly type: string; readonly content: Content };
  /** Whether the cells that wait behind this one must not run. */
  readonly abortWaiting?: boolean;
}

/** From the main thread to the protocol thread; `request` is the number of the request that caused it. */
export type Report =
  | { readonly kind: "answer"; readonly request: number; readonly answer: Answer }
  | { readonly kind: "interrupted" }
  | { readonly kind: "stream"; readonly request: number; readonly name: StreamName; readonly text: string }
  | { readonly kind: "publish"; readonly request: number; readonly type: string; readonly content: string };

/** The two text streams of a process. */
export type StreamName = "stdout" | "stderr";

/** What the main thread gives to the protocol thread at its start. */
export interface ProtocolData {
  readonly connectionFile: string;
  readonly memory: SharedArrayBuffer;
}

import type { MessagePort } from "node:worker_threads";
import type { Content } from "./message";

// What the two threads say to each other. The protocol thread owns the sockets and is never busy; the main thread
// runs the cells.

/** From the protocol thread to the main thread. */
export type Order =
  | ({ readonly kind: "request"; readonly request: number } & Request)
  /** Interrupts are numbered, and the latest one counts. */
  | { readonly kind: "interrupt"; readonly number: number }
  | { readonly kind: "exit" };

/** What a client sent. */
export interface Request {
  readonly type: string;
  readonly metadata: Content;
  readonly content: Content;
  readonly buffers: readonly Uint8Array[];
  /** Whether it was interrupted before the main thread had it: a cell then only says so. */
  readonly isInterrupted?: boolean;
}

/** The answer to one request; without a reply where the protocol knows none. */
export interface Answer {
  readonly reply?: { readonly type: string; readonly content: Content };
  /** Whether the cells that wait behind this one must not run. */
  readonly abortWaiting?: boolean;
}

/** From the main thread to the protocol thread; `request` is the number of the request that caused it. */
export type Report =
  | { readonly kind: "answer"; readonly request: number; readonly answer: Answer }
  | { readonly kind: "interrupted"; readonly number: number }
  /** The process ends; `closed` becomes 1, and those who wait on it are woken, when the sockets are closed. */
  | { readonly kind: "ending"; readonly closed: Int32Array }
  | { readonly kind: "stream"; readonly request: number; readonly name: StreamName; readonly text: string }
  | ({ readonly kind: "publish"; readonly request: number } & Publication)
  | ({ readonly kind: "input" } & InputQuestion)
  | { readonly kind: "target"; readonly name: string };

/** A message for every client; content and metadata are JSON. */
export interface Publication {
  readonly type: string;
  readonly content: string;
  readonly metadata?: string | undefined;
  readonly buffers?: readonly Uint8Array[] | undefined;
}

/** Roughly the memory of a publication. */
export function sizeOf({ content, buffers = [] }: Publication): number {
  return buffers.reduce((size, buffer) => size + buffer.byteLength, content.length);
}

/** What the main thread asks the user; who blocks for the answer waits with `word` at 0. */
export interface InputQuestion {
  readonly prompt: string;
  /** Whether the answer must not be seen. */
  readonly password: boolean;
  /** Takes the answer, a text. */
  readonly port: MessagePort;
  readonly word: SharedArrayBuffer;
}

/** The two text streams of a process. */
export type StreamName = "stdout" | "stderr";

/** What the main thread gives to the protocol thread at its start. */
export interface ProtocolData {
  readonly connectionFile: string;
  readonly memory: SharedArrayBuffer;
}

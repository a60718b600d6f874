import type { Writable } from "zeromq";
import { log } from "./log";

/** The sending side of a socket: ZeroMQ takes one message at a time. */
export class Channel {
  readonly #socket: Writable;
  #last: Promise<void> = Promise.resolve();

  constructor(socket: Writable) {
    this.#socket = socket;
  }

  send(frames: (Uint8Array | string)[]): void {
    this.#last = this.#last
      .then(() => this.#socket.send(frames))
      .catch((error: Error) => log(`lost a message: ${error.message}`));
  }

  /** Settles when all messages so far are ZeroMQ's. */
  get sent(): Promise<void> {
    return this.#last;
  }
}

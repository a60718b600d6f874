import type { Answer } from "./exchange";
import type { Message } from "./message";

/** The requests of the shell, one at a time and in order. */
export class RequestQueue {
  readonly #answer: (message: Message, aborted: boolean) => Promise<Answer>;
  readonly #waiting: Message[] = [];
  readonly #aborted = new WeakSet<Message>();
  #isRunning = false;

  /** @param answer answers a request; `aborted` when a cell before it failed */
  constructor(answer: (message: Message, aborted: boolean) => Promise<Answer>) {
    this.#answer = answer;
  }

  async add(message: Message): Promise<void> {
    this.#waiting.push(message);
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const { abortWaiting } = await this.#answer(next, this.#aborted.has(next));
      if (abortWaiting) this.#abortCells();
    }
    this.#isRunning = false;
  }

  #abortCells(): void {
    for (const message of this.#waiting) {
      if (message.header.msg_type === "execute_request") this.#aborted.add(message);
    }
  }
}

import type { Answer } from "./exchange";
import type { Message } from "./message";

/** The requests of the shell, one at a time and in order. */
export class RequestQueue {
  readonly #answer: (message: Message, aborted: boolean) => Promise<Answer>;
  readonly #overtakes: (message: Message, waiting: readonly Message[]) => boolean;
  #waiting: Message[] = [];
  readonly #aborted = new WeakSet<Message>();
  #isRunning = false;

  /**
   * @param answer answers a request; `aborted` when a cell before it failed
   * @param overtakes whether a request goes beside the running one, past those that wait
   */
  constructor(
    answer: (message: Message, aborted: boolean) => Promise<Answer>,
    overtakes: (message: Message, waiting: readonly Message[]) => boolean,
  ) {
    this.#answer = answer;
    this.#overtakes = overtakes;
  }

  async add(message: Message): Promise<void> {
    this.#waiting.push(message);
    if (this.#isRunning) return this.overtake();
    this.#isRunning = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const { abortWaiting } = await this.#answer(next, this.#aborted.has(next));
      if (abortWaiting) this.#abortCells();
    }
    this.#isRunning = false;
  }

  /** Answer what need not wait any more. */
  overtake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const message of waiting) {
      if (this.#overtakes(message, this.#waiting)) void this.#answer(message, false);
      else this.#waiting.push(message);
    }
  }

  #abortCells(): void {
    for (const message of this.#waiting) {
      if (message.header.msg_type === "execute_request") this.#aborted.add(message);
    }
  }
}

import { MessageChannel, type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import type { Report } from "./exchange";

/** Asks the user through the client. */
export class Input {
  readonly #report: (report: Report) => void;
  /** Whether the client of the running cell shows a field for the answer. */
  isAllowed = false;

  constructor(report: (report: Report) => void) {
    this.#report = report;
  }

  /**
   * Ask, and wait for the answer; an interrupt cuts the wait off.
   *
   * @param password whether the answer must not be seen
   * @throws {Error} if the client of the running cell takes no input, or no cell runs
   */
  ask(prompt: string, password: boolean): string {
    const { port, word } = this.#question(prompt, password);
    Atomics.wait(word, 0, 0);
    const answer = receiveMessageOnPort(port);
    port.close();
    return String(answer?.message);
  }

  /**
   * Ask, and go on.
   *
   * @returns the answer; undefined when the question is withdrawn, as its cell has ended
   * @throws {Error} if the client of the running cell takes no input, or no cell runs
   */
  async askLater(prompt: string): Promise<string | undefined> {
    const { port } = this.#question(prompt, false);
    return new Promise((resolve) => {
      port.on("message", (answer) => resolve(String(answer)));
      port.on("close", () => resolve(undefined));
    });
  }

  #question(prompt: string, password: boolean): { port: MessagePort; word: Int32Array } {
    if (!this.isAllowed) {
      throw new Error(
        `Cannot ask ${JSON.stringify(prompt)}: a cell must be running whose client allows input (allow_stdin), got none; run the notebook in JupyterLab, or set the value in the cell`,
      );
    }
    const { port1, port2 } = new MessageChannel();
    const word = new Int32Array(new SharedArrayBuffer(4));
    this.#report({ kind: "input", prompt, password, port: port2, word: word.buffer });
    return { port: port1, word };
  }
}

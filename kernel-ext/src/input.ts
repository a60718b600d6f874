import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import type { Report } from "./exchange";

/** Asks the user through the client, while the thread waits. */
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
    if (!this.isAllowed) {
      throw new Error(
        `Cannot ask ${JSON.stringify(prompt)}: a cell must be running whose client allows input (allow_stdin), got none; run the notebook in JupyterLab, or set the value in the cell`,
      );
    }
    const { port1, port2: port } = new MessageChannel();
    const word = new Int32Array(new SharedArrayBuffer(4));
    this.#report({ kind: "input", prompt, password, port, word: word.buffer });
    Atomics.wait(word, 0, 0);
    const answer = receiveMessageOnPort(port1);
    port1.close();
    return String(answer?.message);
  }
}

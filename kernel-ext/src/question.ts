import { randomUUID } from "node:crypto";
import type { InputQuestion } from "./exchange";
import { log } from "./log";
import type { Message } from "./message";
import type { Sockets } from "./sockets";

/** What a cell has asked the user and has no answer to yet. */
export class Question {
  readonly #sockets: Sockets;
  #asked: (InputQuestion & { id: string }) | undefined;

  constructor(sockets: Sockets) {
    this.#sockets = sockets;
  }

  /** @param request the cell's, whose client is asked */
  ask(question: InputQuestion, { identities, header }: Message): void {
    this.withdraw();
    const { prompt, password } = question;
    const id = randomUUID();
    this.#asked = { ...question, id };
    const content = JSON.stringify({ prompt, password });
    this.#sockets.send("stdin", { id, route: identities, type: "input_request", parent: header, content });
  }

  /** Take what came on the stdin channel. */
  answer({ header, parent, content }: Message): void {
    const asked = this.#asked;
    // Some clients don't say what they answer; one that does may answer what an interrupt has withdrawn.
    const isMeant = parent.msg_id === undefined || parent.msg_id === asked?.id;
    if (header.msg_type !== "input_reply" || !asked || !isMeant) {
      log(`ignored a ${header.msg_type} on stdin`);
      return;
    }
    asked.port.postMessage(content.value);
    const word = new Int32Array(asked.word);
    Atomics.store(word, 0, 1);
    Atomics.notify(word, 0);
    this.withdraw();
  }

  /** Nobody waits for it any more. */
  withdraw(): void {
    this.#asked?.port.close();
    this.#asked = undefined;
  }
}

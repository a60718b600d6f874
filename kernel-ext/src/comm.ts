import { randomUUID } from "node:crypto";
import type { Publication } from "./exchange";
import type { Content } from "./message";
import { publicationOf } from "./publication";

/** Publishes a message to every client. */
export type Publish = (publication: Publication) => void;

/** One conversation between cells and a front end; `globals.ts` describes it. */
export class Comm implements Jupyter.Comm {
  readonly id: string;
  readonly target: string;
  readonly #publish: Publish;
  readonly #forget: (comm: Comm) => void;
  #isOpen = true;
  #onMessage: (message: Jupyter.CommMessage) => unknown = () => {};
  #onClose: (message: Jupyter.CommMessage) => unknown = () => {};

  /** @param forget is told when it is closed, by whoever */
  constructor(target: string, publish: Publish, forget: (comm: Comm) => void, id: string = randomUUID()) {
    this.id = id;
    this.target = target;
    this.#publish = publish;
    this.#forget = forget;
  }

  onMessage(receive: (message: Jupyter.CommMessage) => unknown): void {
    this.#onMessage = receive;
  }

  onClose(receive: (message: Jupyter.CommMessage) => unknown): void {
    this.#onClose = receive;
  }

  open(data: Jupyter.CommData, options: Jupyter.CommOptions): void {
    this.#publishAs("comm_open", { target_name: this.target, data }, options);
  }

  send(data: Jupyter.CommData, options: Jupyter.CommOptions = {}): void {
    if (!this.#isOpen) {
      throw new Error(
        `Cannot send on the comm "${this.target}": it must be open, got one that is closed; open another with jupyter.comms.open("${this.target}")`,
      );
    }
    this.#publishAs("comm_msg", { data }, options);
  }

  close(data: Jupyter.CommData = {}, options: Jupyter.CommOptions = {}): void {
    if (!this.#isOpen) return;
    this.#end();
    this.#publishAs("comm_close", { data }, options);
  }

  /** Take a message of the front end. */
  take(message: Jupyter.CommMessage): void {
    this.#onMessage(message);
  }

  /** The front end has closed it. */
  closedBy(message: Jupyter.CommMessage): void {
    this.#end();
    this.#onClose(message);
  }

  #end(): void {
    this.#isOpen = false;
    this.#forget(this);
  }

  #publishAs(type: string, content: Content, options: Jupyter.CommOptions): void {
    this.#publish(publicationOf(type, { comm_id: this.id, ...content }, options));
  }
}

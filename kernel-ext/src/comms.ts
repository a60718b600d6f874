import { Comm, type Publish } from "./comm";
import type { Request } from "./exchange";
import { log } from "./log";
import type { Content } from "./message";

/** The open comms, and what front ends can open. */
export class Comms implements Jupyter.Comms {
  readonly #publish: Publish;
  readonly #announce: (target: string) => void;
  readonly #targets = new Map<string, (comm: Jupyter.Comm, message: Jupyter.CommMessage) => unknown>();
  readonly #comms = new Map<string, Comm>();

  /** @param announce tells the protocol thread of a target, whose comms then need not wait for cells */
  constructor(publish: Publish, announce: (target: string) => void) {
    this.#publish = publish;
    this.#announce = announce;
  }

  register(target: string, opened: (comm: Jupyter.Comm, message: Jupyter.CommMessage) => unknown): void {
    this.#targets.set(target, opened);
    this.#announce(target);
  }

  open(target: string, data: Jupyter.CommData = {}, options: Jupyter.CommOptions = {}): Jupyter.Comm {
    const comm = this.#create(target);
    comm.open(data, options);
    return comm;
  }

  /** Answer a `comm_info_request`: those that are open, of one target or of all. */
  answer({ target_name: target }: Content): Content {
    const comms = [...this.#comms.values()].filter((comm) => !target || comm.target === target);
    return {
      status: "ok",
      comms: Object.fromEntries(comms.map((comm) => [comm.id, { target_name: comm.target }])),
    };
  }

  /** Take a `comm_open`, `comm_msg` or `comm_close` of a front end. */
  receive({ type, content, metadata, buffers }: Request): void {
    const id = String(content.comm_id);
    const message: Jupyter.CommMessage = { data: content.data, metadata, buffers };
    if (type === "comm_open") {
      this.#opened(id, String(content.target_name), message);
      return;
    }
    const comm = this.#comms.get(id);
    if (!comm) log(`ignored a ${type} for ${id}, which is not open`);
    else if (type === "comm_msg") comm.take(message);
    else comm.closedBy(message);
  }

  #opened(id: string, target: string, message: Jupyter.CommMessage): void {
    const comm = this.#create(target, id);
    const opened = this.#targets.get(target);
    try {
      // Nobody would answer: the one who opens it must learn that.
      if (opened) opened(comm, message);
      else comm.close();
    } catch (error) {
      comm.close();
      throw error;
    }
  }

  #create(target: string, id?: string): Comm {
    const comm = new Comm(target, this.#publish, ({ id }) => this.#comms.delete(id), id);
    this.#comms.set(comm.id, comm);
    return comm;
  }
}

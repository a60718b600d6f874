import { createHmac, randomUUID } from "node:crypto";
import { Dealer, Request, Subscriber } from "zeromq";

// A Jupyter client, written from the protocol's documentation and sharing nothing with the kernel.

// biome-ignore lint/suspicious/noExplicitAny: a test looks into any message
export type Json = any;

export interface Received {
  readonly channel: "shell" | "control" | "iopub" | "stdin";
  readonly type: string;
  readonly header: Json;
  readonly parent: Json;
  readonly metadata: Json;
  readonly content: Json;
  readonly buffers: readonly Buffer[];
}

/** All that a request caused, until the kernel was idle again. */
export interface Exchange {
  readonly reply: Json;
  /** What came on iopub, in order. */
  readonly messages: readonly Received[];
  /** What came on iopub between the two states. */
  readonly outputs: readonly Received[];
}

export interface ConnectionFile {
  readonly transport: "tcp";
  readonly ip: string;
  readonly shell_port: number;
  readonly control_port: number;
  readonly stdin_port: number;
  readonly iopub_port: number;
  readonly hb_port: number;
  readonly key: string;
  readonly signature_scheme: "hmac-sha256";
}

export class Client {
  readonly session: string = randomUUID();
  /** Every message that came, in order. */
  readonly received: Received[] = [];
  readonly #key: string;
  readonly #sockets;
  readonly #listeners = new Set<() => void>();

  constructor(connection: ConnectionFile) {
    this.#key = connection.key;
    this.#sockets = {
      shell: new Dealer({ linger: 0, routingId: this.session }),
      control: new Dealer({ linger: 0, routingId: this.session }),
      iopub: new Subscriber({ linger: 0, receiveHighWaterMark: 0 }),
      stdin: new Dealer({ linger: 0, routingId: this.session }),
      hb: new Request({ linger: 0 }),
    };
    this.#sockets.iopub.subscribe();
    for (const [name, socket] of Object.entries(this.#sockets)) {
      socket.connect(`tcp://${connection.ip}:${connection[`${name}_port` as "hb_port"]}`);
    }
    for (const channel of ["shell", "control", "iopub", "stdin"] as const) void this.#listen(channel);
  }

  /** Send a request and wait for its reply and for the idle after it. */
  async request(
    type: string,
    content: Json = {},
    options: { channel?: "shell" | "control"; timeoutMs?: number } = {},
  ): Promise<Exchange> {
    const { channel = "shell", timeoutMs = 20_000 } = options;
    const id = await this.send(type, content, channel);
    const ofIt = () => this.received.filter(({ parent }) => parent.msg_id === id);
    const isReply = (message: Received) => message.channel === channel;
    const isState = (message: Received) => message.type === "status";
    const isIdle = (message: Received) => isState(message) && message.content.execution_state === "idle";
    const isDone = () => ofIt().some(isIdle) && ofIt().some(isReply);
    await this.until(isDone, timeoutMs, () => `${type} is not done: ${JSON.stringify(ofIt())}`);
    const messages = ofIt().filter((message) => message.channel === "iopub");
    return {
      reply: ofIt().find(isReply)?.content,
      messages,
      outputs: messages.filter((message) => !isState(message)),
    };
  }

  /** Run a cell. */
  execute(code: string, options: Json = {}, timeoutMs = 20_000): Promise<Exchange> {
    return this.request("execute_request", executeContent(code, options), { timeoutMs });
  }

  /** Send a request without waiting; returns its id. */
  async send(
    type: string,
    content: Json,
    channel: "shell" | "control" | "stdin" = "shell",
    extras: { key?: string; parent?: Json; metadata?: Json; buffers?: readonly Uint8Array[] } = {},
  ): Promise<string> {
    const { key = this.#key, parent = {}, metadata = {}, buffers = [] } = extras;
    const id = randomUUID();
    const header = {
      msg_id: id,
      session: this.session,
      username: "test",
      date: new Date().toISOString(),
      msg_type: type,
      version: "5.4",
    };
    const parts = [header, parent, metadata, content].map((part) => JSON.stringify(part));
    const mac = createHmac("sha256", key);
    for (const part of parts) mac.update(part);
    await this.#sockets[channel].send(["<IDS|MSG>", mac.digest("hex"), ...parts, ...buffers]);
    return id;
  }

  /** Wait for a message that came after the first `start`. */
  async next(isIt: (message: Received) => boolean, start = 0, timeoutMs = 10_000): Promise<Received> {
    const find = () => this.received.slice(start).find(isIt);
    const describe = () => `not among ${JSON.stringify(this.received.slice(start)).slice(0, 5000)}`;
    await this.until(() => find() !== undefined, timeoutMs, describe);
    return find() as Received;
  }

  /** Wait until something is so, looking after each message. */
  until(isSo: () => boolean, timeoutMs: number, describe: () => string = () => "not so"): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#listeners.delete(look);
        reject(new Error(`After ${timeoutMs} ms: ${describe()}`));
      }, timeoutMs);
      const look = () => {
        if (!isSo()) return;
        clearTimeout(timer);
        this.#listeners.delete(look);
        resolve();
      };
      this.#listeners.add(look);
      look();
    });
  }

  /** How long a heartbeat takes, in ms. */
  async heartbeat(): Promise<number> {
    const start = performance.now();
    await this.#sockets.hb.send("beat");
    const [echo] = await this.#sockets.hb.receive();
    if (String(echo) !== "beat") throw new Error(`The heartbeat came back as ${echo}`);
    return performance.now() - start;
  }

  close(): void {
    for (const socket of Object.values(this.#sockets)) socket.close();
  }

  async #listen(channel: Received["channel"]): Promise<void> {
    for await (const frames of this.#sockets[channel]) {
      const start = frames.findIndex((frame) => String(frame) === "<IDS|MSG>");
      const [signature, ...parts] = frames.slice(start + 1, start + 6);
      const buffers = frames.slice(start + 6);
      const mac = createHmac("sha256", this.#key);
      for (const part of parts) mac.update(part);
      if (mac.digest("hex") !== String(signature)) throw new Error("The kernel signed a message wrongly");
      const [header, parent, metadata, content] = parts.map((part) => JSON.parse(String(part)));
      const type = header.msg_type;
      this.received.push({ channel, type, header, parent, metadata, content, buffers });
      for (const listener of [...this.#listeners]) listener();
    }
  }
}

export const executeContent = (code: string, options: Json = {}): Json => ({
  code,
  silent: false,
  store_history: true,
  user_expressions: {},
  allow_stdin: false,
  stop_on_error: true,
  ...options,
});

/** The text that a cell wrote to a stream. */
export const textOf = ({ outputs }: Exchange, name = "stdout"): string =>
  outputs
    .filter(({ type, content }) => type === "stream" && content.name === name)
    .map(({ content }) => content.text)
    .join("");

/** The bundle of a cell's result. */
export const resultOf = ({ outputs }: Exchange): Json =>
  outputs.find(({ type }) => type === "execute_result")?.content.data;

/** The traceback of a cell's error as one text. */
export const tracebackOf = ({ outputs }: Exchange): string =>
  outputs.find(({ type }) => type === "error")?.content.traceback.join("\n") ?? "";

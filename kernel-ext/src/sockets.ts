import { Publisher, Reply, Router } from "zeromq";
import { Channel } from "./channel";
import type { Connection } from "./connection";
import { log } from "./log";
import { type Draft, decodeMessage, encodeMessage, type Message } from "./message";

/** Channels whose requests get answers. */
export type RequestChannel = "shell" | "control";

/** Channels that clients send on. */
export type ClientChannel = RequestChannel | "stdin";

/** The sockets of a kernel, for the rest of it. */
export interface Sockets {
  send(channel: ClientChannel | "iopub", draft: Draft): void;
  /** Settles when all that was sent is ZeroMQ's. */
  sent(): Promise<unknown>;
  /** Stop listening; what was sent still goes out. */
  close(): void;
}

/** How long messages may go out after the sockets were closed, in ms. */
const LINGER_MS = 1000;

/**
 * Open the sockets of a kernel.
 *
 * @param connection where to listen, and the key of the signatures
 * @param receive takes each message that is signed as it should be; others are dropped with a line in the log
 */
export async function openSockets(
  connection: Connection,
  receive: (channel: ClientChannel, message: Message) => void,
): Promise<Sockets> {
  // Without a limit: a full queue drops messages, and a cell's output must come whole.
  const options = { linger: LINGER_MS, sendHighWaterMark: 0 };
  const shell = new Router(options);
  const control = new Router(options);
  const iopub = new Publisher(options);
  const stdin = new Router({ linger: 0 });
  const hb = new Reply({ linger: 0 });
  const sockets = { shell, control, stdin, iopub, hb };
  await shell.bind(connection.addresses.shell);
  await control.bind(connection.addresses.control);
  await stdin.bind(connection.addresses.stdin);
  await iopub.bind(connection.addresses.iopub);
  await hb.bind(connection.addresses.hb);

  const listen = async (channel: ClientChannel): Promise<void> => {
    for await (const frames of sockets[channel]) {
      try {
        receive(channel, decodeMessage(frames, connection));
      } catch (error) {
        log(`dropped a message on ${channel}: ${error instanceof Error ? error.message : error}`);
      }
    }
  };
  const beat = async (): Promise<void> => {
    for await (const frames of hb) await hb.send(frames);
  };
  void listen("shell");
  void listen("control");
  void listen("stdin");
  void beat();

  const channels = {
    shell: new Channel(shell),
    control: new Channel(control),
    stdin: new Channel(stdin),
    iopub: new Channel(iopub),
  };
  return {
    send: (channel, draft) => channels[channel].send(encodeMessage(draft, connection)),
    sent: () => Promise.all(Object.values(channels).map((channel) => channel.sent)),
    close: () => {
      for (const socket of Object.values(sockets)) socket.close();
    },
  };
}

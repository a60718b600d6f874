import { join } from "node:path";
import { parentPort, Worker, workerData } from "node:worker_threads";
import { readConnection } from "./connection";
import type { Answer, Order, ProtocolData, Report } from "./exchange";
import { Interrupter } from "./interrupter";
import { kernelInfo } from "./kernelinfo";
import { log } from "./log";
import type { Content, Header, Message } from "./message";
import { RequestQueue } from "./requestqueue";
import { SharedMemory } from "./sharedmemory";
import { openSockets, type RequestChannel } from "./sockets";
import { StreamBuffer } from "./streambuffer";

// The protocol thread: it speaks with Jupyter, and answers while the main thread is busy.

/** How long the main thread has to end the process, in ms. */
const EXIT_MS = 1000;

const { connectionFile, memory: buffer }: ProtocolData = workerData;
const memory = new SharedMemory(buffer);
const tell = (order: Order): void => parentPort?.postMessage(order);
const interrupter = new Interrupter(() => tell({ kind: "interrupt" }), memory);

/** The header of each request that the main thread got: outputs may come long after the answer. */
const parents: Header[] = [];
let resolveAnswer: ((answer: Answer) => void) | undefined;

async function start(): Promise<void> {
  const info = kernelInfo();
  const queue = new RequestQueue(answerOnShell);
  const sockets = await openSockets(readConnection(connectionFile), (channel, message) => {
    if (channel === "shell") void queue.add(message);
    else void answerOnControl(message);
  });
  const streams = new StreamBuffer(({ request, name, text }) => {
    send("stream", parents[request], JSON.stringify({ name, text }));
  });

  function send(type: string, parent: Header | undefined, content: string): void {
    sockets.send("iopub", { route: [type], type, parent, content });
  }

  function publish(type: string, parent: Header | undefined, content: string): void {
    streams.flush();
    send(type, parent, content);
  }

  /** Answer a request between the busy and the idle that Jupyter wants around it. */
  async function attend(
    channel: RequestChannel,
    message: Message,
    work: () => Promise<Answer>,
  ): Promise<Answer> {
    publish("status", message.header, '{"execution_state":"busy"}');
    const answer = await work();
    if (answer.reply) {
      const { type, content } = answer.reply;
      streams.flush();
      const draft = { type, content: JSON.stringify(content), parent: message.header };
      sockets.send(channel, { ...draft, route: message.identities });
    }
    publish("status", message.header, '{"execution_state":"idle"}');
    return answer;
  }

  function answerOnShell(message: Message, aborted: boolean): Promise<Answer> {
    return attend("shell", message, async () => {
      const type = message.header.msg_type;
      if (aborted) return reply("execute_reply", { status: "aborted" });
      if (type === "kernel_info_request") return reply("kernel_info_reply", info);
      if (type === "shutdown_request") return shutdown(message);
      await interrupter.settled;
      const request = parents.push(message.header) - 1;
      tell({ kind: "request", request, type, content: message.content });
      return new Promise((resolve) => {
        resolveAnswer = resolve;
      });
    });
  }

  function answerOnControl(message: Message): Promise<Answer> {
    return attend("control", message, async () => {
      switch (message.header.msg_type) {
        case "kernel_info_request":
          return reply("kernel_info_reply", info);
        case "interrupt_request":
          interrupter.interrupt();
          return reply("interrupt_reply", { status: "ok" });
        case "shutdown_request":
          return shutdown(message);
        default:
          log(`ignored a ${message.header.msg_type} on control`);
          return {};
      }
    });
  }

  function shutdown({ content }: Message): Answer {
    setImmediate(async () => {
      await sockets.sent();
      sockets.close();
      exit();
    });
    return reply("shutdown_reply", { status: "ok", restart: content.restart === true });
  }

  parentPort?.on("message", (report: Report) => {
    switch (report.kind) {
      case "stream":
        memory.takeBacklog(report.text);
        streams.write(report);
        break;
      case "publish":
        publish(report.type, parents[report.request], report.content);
        break;
      case "answer":
        resolveAnswer?.(report.answer);
        break;
      case "interrupted":
        interrupter.acknowledge();
    }
  });

  publish("status", undefined, '{"execution_state":"starting"}');
  new Worker(join(__dirname, "sigint.js")).on("message", () => interrupter.interrupt());
  if (process.env.JPY_PARENT_PID) endWithJupyter();
}

const reply = (type: string, content: Content): Answer => ({ reply: { type, content } });

/** End the process: the main thread lets the cells' own exit handlers run, unless it is stuck. */
function exit(): void {
  tell({ kind: "exit" });
  setTimeout(() => process.kill(process.pid, "SIGKILL"), EXIT_MS);
}

/** End when the Jupyter that started this kernel is gone, however it went. */
function endWithJupyter(): void {
  const jupyter = process.ppid;
  setInterval(() => {
    if (process.ppid !== jupyter) exit();
  }, 1000);
}

void start();

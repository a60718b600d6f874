import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parentPort, Worker, workerData } from "node:worker_threads";
import { readConnection } from "./connection";
import {
  type Answer,
  type Order,
  type ProtocolData,
  type Publication,
  type Report,
  sizeOf,
} from "./exchange";
import { Interrupter } from "./interrupter";
import { kernelInfo } from "./kernelinfo";
import { log } from "./log";
import { type Content, type Header, isOfComm, type Message } from "./message";
import { Question } from "./question";
import { RequestQueue } from "./requestqueue";
import { SharedMemory } from "./sharedmemory";
import { openSockets, type RequestChannel, type Sockets } from "./sockets";
import { Starts } from "./starts";
import { StreamBuffer } from "./streambuffer";

// The protocol thread: it speaks with Jupyter, and answers while the main thread is busy.

/** How long the main thread has to end the process, in ms. */
const EXIT_MS = 1000;

/** How long a cell that failed waits for those that were sent with it, before the client learns of it, in ms. */
const ABORT_PAUSE_MS = 20;

const { connectionFile, memory: buffer }: ProtocolData = workerData;
const memory = new SharedMemory(buffer);
const tell = (order: Order): void => parentPort?.postMessage(order);
const interrupter = new Interrupter((number) => tell({ kind: "interrupt", number }), memory);
const starts = new Starts();

/** A request that the main thread has. */
interface Told {
  readonly order: Extract<Order, { kind: "request" }>;
  readonly resolve: (answer: Answer) => void;
}

/** The header of each request that output may belong to: a cell's may come long after the answer. */
const parents = new Map<number, Header>();
let requests = 0;
/** What the main thread was told to do and hasn't answered yet. */
const told = new Map<number, Told>();
/** What front ends can open a comm with. */
const targets = new Set<unknown>();
/** The request of the shell that runs. */
let running: Message | undefined;

async function start(): Promise<void> {
  const info = kernelInfo();
  const queue = new RequestQueue(answerOnShell, overtakes);
  const sockets: Sockets = await openSockets(readConnection(connectionFile), (channel, message) => {
    if (channel === "shell") void queue.add(message);
    else if (channel === "control") void answerOnControl(message);
    else question.answer(message);
  });
  const question = new Question(sockets);
  const streams = new StreamBuffer(({ request, name, text }) => {
    send(parents.get(request), { type: "stream", content: JSON.stringify({ name, text }) });
  });

  function send(parent: Header | undefined, publication: Publication): void {
    sockets.send("iopub", { route: [publication.type], parent, ...publication });
  }

  function publish(parent: Header | undefined, publication: Publication): void {
    streams.flush();
    send(parent, publication);
  }

  function publishState(parent: Header | undefined, state: "starting" | "busy" | "idle"): void {
    publish(parent, { type: "status", content: JSON.stringify({ execution_state: state }) });
  }

  /** Answer a request between the busy and the idle that Jupyter wants around it. */
  async function attend(
    channel: RequestChannel,
    message: Message,
    work: () => Promise<Answer>,
  ): Promise<Answer> {
    publishState(message.header, "busy");
    const answer = await work();
    if (answer.reply) {
      const { type, content } = answer.reply;
      streams.flush();
      const draft = { type, content: JSON.stringify(content), parent: message.header };
      sockets.send(channel, { ...draft, route: message.identities });
    }
    publishState(message.header, "idle");
    return answer;
  }

  async function answerOnShell(message: Message, aborted: boolean): Promise<Answer> {
    const isComm = isOfComm(message.header.msg_type);
    if (!isComm) running = message;
    const answer = await attend("shell", message, async () => {
      const type = message.header.msg_type;
      if (aborted) return reply("execute_reply", { status: "aborted" });
      if (type === "kernel_info_request") return reply("kernel_info_reply", info);
      if (type === "shutdown_request") return shutdown(message);
      // Nothing has run yet, which a console asks at its start, and waits a second for.
      if (type === "history_request" && requests === 0) {
        return reply("history_reply", { status: "ok", history: [] });
      }
      const isInterrupted = await starts.wait(message.header, interrupter.settled);
      const request = requests++;
      parents.set(request, message.header);
      const { content, metadata, buffers } = message;
      const order = { kind: "request", request, type, content, metadata, buffers, isInterrupted } as const;
      tell(order);
      const answer = await new Promise<Answer>((resolve) => {
        told.set(request, { order, resolve });
      });
      if (answer.abortWaiting) await pause(ABORT_PAUSE_MS);
      return answer;
    });
    if (!isComm) running = undefined;
    // Clients show the latest state, and the cell that a comm's message came beside still runs.
    else if (running) publishState(running.header, "busy");
    return answer;
  }

  function answerOnControl(message: Message): Promise<Answer> {
    return attend("control", message, async () => {
      switch (message.header.msg_type) {
        case "kernel_info_request":
          return reply("kernel_info_reply", info);
        case "interrupt_request":
          interrupt(message.header);
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
      await close();
      exit();
    });
    return reply("shutdown_reply", { status: "ok", restart: content.restart === true });
  }

  let closing: Promise<void> | undefined;
  async function closeSockets(): Promise<void> {
    streams.flush();
    await sockets.sent();
    sockets.close();
  }

  /** Let everything that was put out go, and stop listening. */
  function close(): Promise<void> {
    closing ??= closeSockets();
    return closing;
  }

  parentPort?.on("message", (report: Report) => {
    switch (report.kind) {
      case "stream":
        memory.takeBacklog(report.text.length);
        streams.write(report);
        break;
      case "publish":
        memory.takeBacklog(sizeOf(report));
        publish(parents.get(report.request), report);
        break;
      case "answer":
        streams.flush();
        // Only a cell asks, and only its output comes after its answer.
        if (parents.get(report.request)?.msg_type === "execute_request") question.withdraw();
        else parents.delete(report.request);
        told.get(report.request)?.resolve(report.answer);
        told.delete(report.request);
        break;
      case "interrupted":
        if (interrupter.acknowledge(report.number)) tellAgain();
        break;
      case "input":
        streams.flush();
        if (running) question.ask(report, running);
        break;
      case "target":
        targets.add(report.name);
        queue.overtake();
        break;
      case "ending":
        void close().then(() => {
          Atomics.store(report.closed, 0, 1);
          Atomics.notify(report.closed, 0);
        });
    }
  });

  publishState(undefined, "starting");
  new Worker(join(__dirname, "sigint.js")).on("message", () => interrupt(undefined));
  if (process.env.JPY_PARENT_PID) endWithJupyter();
}

function interrupt(header: Header | undefined): void {
  starts.interrupt(header, running === undefined);
  interrupter.interrupt();
}

/** A cell whose request was cut off before the main thread began with it would wait for ever. */
function tellAgain(): void {
  for (const { order } of told.values()) {
    const isLost = order.type === "execute_request" && order.request >= memory.begun;
    if (isLost) tell({ ...order, isInterrupted: true });
  }
}

/** A comm's messages come while a cell awaits, once the front end can know that the kernel has its target. */
function overtakes(message: Message, waiting: readonly Message[]): boolean {
  const { header, content } = message;
  if (!isOfComm(header.msg_type) || waiting.some((other) => other.content.comm_id === content.comm_id)) {
    return false;
  }
  return header.msg_type !== "comm_open" || targets.has(content.target_name);
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

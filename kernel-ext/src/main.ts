import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Order, ProtocolData, Report } from "./exchange";
import { log } from "./log";
import { SharedMemory } from "./sharedmemory";

// The kernel's process: `node --no-force-async-hooks-checks main.js <connection file>`.

const [connectionFile] = process.argv.slice(2);
if (connectionFile === undefined) {
  log("Cannot start the kernel: it needs the connection file that Jupyter writes, got none");
  process.exit(2);
}

const memory = new SharedMemory();
const workerData: ProtocolData = { connectionFile, memory: memory.buffer };
const protocol = new Worker(join(__dirname, "protocol.js"), { workerData });
protocol.on("error", (error) => {
  log(`Cannot go on: ${error.stack ?? error.message}`);
  process.exit(1);
});

/** How long the sockets may take to close, in ms. */
const CLOSING_MS = 500;

// Also when a cell calls `process.exit`: a thread that ends with open sockets takes the process down with SIGABRT.
process.on("exit", () => {
  const closed = new Int32Array(new SharedArrayBuffer(4));
  protocol.postMessage({ kind: "ending", closed } satisfies Report);
  Atomics.wait(closed, 0, 0, CLOSING_MS);
});

// TypeScript takes a while to load: Jupyter gets its first answers from the protocol thread in the meantime.
const { startCells }: typeof import("./cells") = require("./cells");
const kernel = startCells((report: Report) => {
  protocol.postMessage(report, report.kind === "input" ? [report.port] : []);
}, memory);

protocol.on("message", async (order: Order) => {
  switch (order.kind) {
    case "request": {
      const { request } = order;
      if (order.type === "execute_request") memory.begun = request + 1;
      const answer = await memory.shield(() => kernel.answer(request, order));
      protocol.postMessage({ kind: "answer", request, answer } satisfies Report);
      break;
    }
    case "interrupt":
      kernel.interrupt(memory.takeStack());
      protocol.postMessage({ kind: "interrupted", number: order.number } satisfies Report);
      break;
    case "exit":
      process.exit(0);
  }
});

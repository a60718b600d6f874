import { runInThisContext } from "node:vm";
import { parentPort } from "node:worker_threads";

// A thread of its own that only waits for SIGINT: Node hands signals to the main thread's event loop, which a busy
// cell keeps from running, but a script with `breakOnSigint` is stopped at once in whichever thread it runs.

const wait = "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)";

for (;;) {
  try {
    runInThisContext(wait, { breakOnSigint: true });
  } catch {
    parentPort?.postMessage("SIGINT");
  }
}

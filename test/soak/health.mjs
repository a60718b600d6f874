// A thread that asks whether the server lives and is ready, so that the clients' own work doesn't count.
import { setTimeout as pause } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";

let ended = false;
parentPort.once("message", () => {
  ended = true;
});
while (!ended) {
  for (const path of ["/v2/health/live", "/v2/health/ready"]) {
    const start = performance.now();
    const result = await fetch(workerData + path).then(
      ({ status }) => (status === 200 ? "200" : `WRONG ${status}`),
      (error) => `WRONG ${error.cause?.code ?? error.message}`,
    );
    parentPort.postMessage([path.slice("/v2/health/".length), result, performance.now() - start]);
  }
  await pause(250);
}

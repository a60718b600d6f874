// Runs a model with bioengine, or with plain node:http; takes and gives the same lines as peer.py.
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { execute, ndarray } from "bioengine";
import { inferRaw } from "./rawhttp.mjs";

const [name, serverUrl] = process.argv.slice(2);
const images = new Map();

function imageOf({ path, size }) {
  if (!images.has(path)) {
    const bytes = readFileSync(path);
    const data = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    images.set(path, ndarray(data, [3, size, size]));
  }
  return images.get(path);
}

const clients = {
  bioengine: async ({ model, output }, image) => {
    const results = await execute({ inputs: [image], serverUrl, modelName: model });
    return results[output].data;
  },
  "node-http": (task, image) => inferRaw(serverUrl, task, image),
};

const memory = (field) =>
  Number(readFileSync("/proc/self/status", "utf8").match(new RegExp(`${field}:\\s+(\\d+) kB`))[1]) * 1024;

for await (const line of createInterface(process.stdin)) {
  const task = JSON.parse(line);
  const image = imageOf(task);
  let answer;
  if (task.memory) {
    writeFileSync("/proc/self/clear_refs", "5");
    const before = memory("VmRSS");
    await clients[name](task, image);
    answer = { growth: memory("VmHWM") - before };
  } else {
    const started = performance.now();
    const output = await clients[name](task, image);
    answer = { ms: performance.now() - started, sum: output.reduce((sum, value) => sum + value, 0) };
  }
  console.log(JSON.stringify(answer));
}

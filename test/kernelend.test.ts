import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import { textOf } from "../kernel-ext/test/client";
import { type RunningKernel, startKernel } from "../kernel-ext/test/kernelprocess";
import { python, root } from "./laboratory";

// A kernel that has started the embedded engine, a process of its own: however the one ends, the other must not stay.

/** Runs on the embedded engine, and prints the process ids of the kernel and of the engine. */
const startEngine = `import childProcess from "node:child_process";
const { spawn } = childProcess;
let engine: childProcess.ChildProcess | undefined;
Object.assign(childProcess, { spawn: (...parts: Parameters<typeof spawn>) => (engine = spawn(...parts)) });
import { execute, zeros } from "bioengine";
await execute({ inputs: [zeros([16, 16], "uint16"), {}], modelName: "stardist" });
console.log("started", process.pid, engine?.pid);`;

const busy = `await Promise.all([1, 2].map(() =>
  execute({ inputs: [zeros([3000, 3000], "uint16"), {}], modelName: "stardist" })));`;

const isAlive = (id: number): boolean => {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
};

function processesOf(output: string): [kernel: number, engine: number] {
  const [, kernel, engine] = /started (\d+) (\d+)/.exec(output) ?? [];
  if (kernel === undefined || engine === undefined) throw new Error(`No engine has started: ${output}`);
  return [Number(kernel), Number(engine)];
}

const goneSoon = (id: number) => expect.poll(() => isAlive(id), { timeout: 15_000 }).toBe(false);

let kernel: RunningKernel | undefined;
afterEach(() => kernel?.stop());

const shutdown =
  (restart: boolean) =>
  ({ client }: RunningKernel): unknown =>
    client.request("shutdown_request", { restart }, { channel: "control" });

test.each<[string, string, (running: RunningKernel) => unknown]>([
  ["a shutdown", "1", shutdown(false)],
  ["a restart", "1", shutdown(true)],
  ["a restart in an endless loop", "while (true) {}", shutdown(true)],
  ["a shutdown while it computes", busy, shutdown(false)],
  ["SIGTERM", "1", ({ process: child }) => child.kill("SIGTERM")],
  ["SIGKILL", "1", ({ process: child }) => child.kill("SIGKILL")],
  ["SIGKILL while it computes", busy, ({ process: child }) => child.kill("SIGKILL")],
  [
    "an exit in a cell",
    "1",
    ({ client }) => void client.send("execute_request", { code: "process.exit(3)" }),
  ],
])("the embedded engine ends with the kernel: %s", async (_, cell, end) => {
  kernel = await startKernel();
  const [, engine] = processesOf(textOf(await kernel.client.execute(startEngine, {}, 60_000)));
  expect(isAlive(engine)).toBe(true);
  await kernel.client.send("execute_request", { code: cell });
  await new Promise((resolve) => setTimeout(resolve, 300));
  await end(kernel);
  await kernel.ended;
  await goneSoon(engine);
});

test("the embedded engine and the kernel end when Jupyter is killed", async () => {
  const jupyter = spawn(python, [join(root, "test/kernelend.py"), "bioengine"], {
    cwd: root,
    stdio: ["pipe", "pipe", "inherit"],
  });
  jupyter.stdin.end(startEngine);
  const ids = processesOf(await text(jupyter.stdout));
  for (const id of ids) await goneSoon(id);
});

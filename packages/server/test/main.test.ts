import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { ndarray } from "@bioengine/ndarray";
import { execute } from "@bioengine/triton";
import { beforeAll, expect, onTestFinished, test } from "vitest";

const root = join(__dirname, "../../..");
const main = join(__dirname, "../dist/main.js");

beforeAll(() => {
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [compiler, "--build", join(__dirname, "..")]);
}, 240_000);

interface Program {
  readonly child: ChildProcess;
  /** What it printed to stdout so far. */
  output(): string;
  readonly url: string;
}

/** The server as a child process, when it is ready. */
async function start(leash: "ipc" | "ignore", code: string[] = [main, "--port", "0"]): Promise<Program> {
  const child = spawn(process.execPath, code, { stdio: ["ignore", "pipe", "inherit", leash] });
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", (chunk) => {
      output += chunk;
      const ready = output.match(/^bioengine server ready at (http:\S+)$/m);
      if (ready) resolve(ready[1]);
    });
    child.on("exit", (status) => reject(new Error(`ended with ${status}`)));
  });
  return { child, url, output: () => output };
}

test("main prints one line when it is ready, and segments", async () => {
  const { url, output } = await start("ipc");
  const image = ndarray(new Uint16Array(32 * 32), [32, 32]);
  const { mask } = await execute({ serverUrl: url, modelName: "stardist", inputs: [image, {}] });
  expect([mask.shape, mask.max()]).toEqual([[32, 32], 0]);
  expect(output()).toBe(`bioengine server ready at ${url}\n`);
});

test.each(["SIGTERM", "SIGINT"] as const)("main ends cleanly on %s", async (signal) => {
  const { child } = await start("ignore");
  const exit = once(child, "exit");
  child.kill(signal);
  expect(await exit).toEqual([0, null]);
});

test("main ends when its parent lets go of it", async () => {
  const { child } = await start("ipc");
  const exit = once(child, "exit");
  child.disconnect();
  expect(await exit).toEqual([0, null]);
});

test("main ends when its parent is killed", async () => {
  const parent = `const child = require("node:child_process").spawn(process.execPath, [${JSON.stringify(main)}], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  }); setInterval(() => {}, 1000);`;
  const { child, url } = await start("ignore", ["-e", parent]);
  expect((await fetch(`${url}/v2/health/live`)).status).toBe(200);
  child.kill("SIGKILL");
  const gone = async () =>
    fetch(`${url}/v2/health/live`).then(
      () => false,
      () => true,
    );
  await expect.poll(gone, { timeout: 10_000 }).toBe(true);
});

test("main says what is wrong with its arguments", async () => {
  for (const [code, message] of [
    [["--port", "x"], "--port must be a whole number from 0 to 65535, got x"],
    [["--prot", "1"], "Unknown option '--prot'"],
  ] as const) {
    const child = spawn(process.execPath, [main, ...code], { stdio: ["ignore", "ignore", "pipe"] });
    let output = "";
    child.stderr.on("data", (chunk) => {
      output += chunk;
    });
    expect((await once(child, "close"))[0]).toBe(1);
    expect(output).toContain(message);
  }
});

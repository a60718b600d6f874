import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { type NdArray, ndarray, zeros } from "@bioengine/ndarray";
import { execute, TritonClient } from "@bioengine/triton";
import { beforeAll, expect, test } from "vitest";
import { ask } from "./client";
import { build, main, start } from "./program";

beforeAll(build, 240_000);

/** A call of StarDist that takes far longer than a signal and a small request. */
const long = (serverUrl: string) => ({
  serverUrl,
  modelName: "stardist",
  inputs: [zeros([1500, 1500], "uint16"), {}],
  retries: 0,
});

/** Wait until StarDist computes a request. */
async function runs(url: string, requestId: string): Promise<void> {
  const path = `${url}/v2/models/stardist/progress/${requestId}`;
  await expect.poll(async () => (await ask(path)).status, { interval: 5, timeout: 30_000 }).toBe(200);
}

test("main prints one line when it is ready, and segments", async () => {
  const { url, output } = await start("ipc");
  const image = ndarray(new Uint16Array(32 * 32), [32, 32]);
  const { mask } = await execute({ serverUrl: url, modelName: "stardist", inputs: [image, {}] });
  expect([mask.shape, mask.max()]).toEqual([[32, 32], 0]);
  expect(output()).toBe(`bioengine server ready at ${url}\n`);
});

// What ONNX Runtime writes when it begins to tell Microsoft of its sessions.
const traceOf = (child: ChildProcess) => join(tmpdir(), `mat-debug-${child.pid}.log`);

test.runIf(process.platform === "linux")("ONNX Runtime doesn't tell anyone that it is used", async () => {
  const network = join(dirname(require.resolve("@bioengine/engine/package.json")), "weights/stardist.onnx");
  // Not all variables: the runtime is silent by itself where one says that this is a CI.
  const { HOME, PATH, TMPDIR } = process.env;
  const env = { HOME, PATH, TMPDIR };
  const telling = spawn(
    process.execPath,
    ["-e", `require("onnxruntime-node").InferenceSession.create(${JSON.stringify(network)})`],
    // A proxy that isn't there, so that the test tells nobody either.
    { cwd: __dirname, env: { ...env, https_proxy: "http://127.0.0.1:9" }, stdio: "ignore" },
  );
  await once(telling, "exit");
  expect(existsSync(traceOf(telling))).toBe(true);

  const { child, url } = await start("ipc", [main, "--port", "0"], "inherit", env);
  await execute({ serverUrl: url, modelName: "stardist", inputs: [zeros([32, 32], "uint16"), {}] });
  const image = zeros([1, 32, 32], "float32");
  await execute({ serverUrl: url, modelName: "cellpose-python", inputs: [image, {}] });
  expect(existsSync(traceOf(child))).toBe(false);
});

test.each(["SIGTERM", "SIGINT"] as const)("main ends cleanly on %s", async (signal) => {
  const { child } = await start("ignore");
  const exit = once(child, "exit");
  child.kill(signal);
  expect(await exit).toEqual([0, null]);
});

test("main answers what it computes before it ends", async () => {
  const { child, url } = await start("ignore");
  const exit = once(child, "exit");
  const answer = execute({ ...long(url), requestId: "a" });
  await runs(url, "a");
  child.kill("SIGTERM");
  expect((await answer).mask.shape).toEqual([1500, 1500]);
  expect(await exit).toEqual([0, null]);
});

test("main refuses what waits when it is to end, and ends with 0", async () => {
  const { child, url } = await start("ignore");
  const exit = once(child, "exit");
  const first = execute({ ...long(url), requestId: "a" });
  await runs(url, "a");
  const others = ["b", "c"].map((requestId) =>
    execute({ ...long(url), inputs: [zeros([16, 16], "uint16"), {}], requestId }),
  );
  const refused = Promise.allSettled(others);
  await setTimeout(200);
  child.kill("SIGTERM");
  for (const other of await refused) {
    expect(other).toMatchObject({ reason: { status: 503, serverMessage: "the server is being stopped" } });
  }
  expect((await first).mask.shape).toEqual([1500, 1500]);
  expect(await exit).toEqual([0, null]);
});

test.each(["SIGTERM", "SIGINT"] as const)("main ends at once on %s after SIGTERM", async (signal) => {
  const { child, url } = await start("ignore");
  const exit = once(child, "exit");
  const answer = execute({ ...long(url), requestId: "a" });
  answer.catch(() => {});
  await runs(url, "a");
  child.kill("SIGTERM");
  await expect.poll(() => fetch(`${url}/v2/health/live`).then(String, String)).toContain("fetch failed");
  child.kill(signal);
  expect(await exit).toEqual([null, signal]);
  await expect(answer).rejects.toThrow();
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

// Loaded into the server's threads too: ends the one of a model, or takes all its memory.
const unstable = `
const { isMainThread, parentPort } = require("node:worker_threads");
if (!isMainThread) parentPort.on("message", ({ request }) => {
  const end = request?.parameters?.prob_thresh;
  if (end === 0.123) process.exit(9);
  if (end === 0.234) throw new Error("the model is broken");
});`;

test("main reports that a model's thread has ended, and starts another for the next request", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "bioengine-server-")), "unstable.cjs");
  writeFileSync(file, unstable);
  const { url } = await start("ipc", ["--require", file, main], "ignore");
  const client = new TritonClient({ serverUrl: url });
  const segment = (parameters: object) =>
    client.execute({ modelName: "stardist", inputs: [zeros([32, 32], "uint16"), parameters] });
  const failed = "Failed to process the request(s) for model 'stardist', message: ";
  for (const [threshold, message] of [
    [0.123, "Error: the thread of the model has ended with code 9"],
    [0.234, "Error: the model is broken"],
  ] as const) {
    const waiting = segment({ prob_thresh: threshold });
    const next = segment({});
    await expect(waiting).rejects.toMatchObject({ status: 500, serverMessage: failed + message });
    expect((await next).mask.shape).toEqual([32, 32]);
  }
  expect(await client.isServerReady()).toBe(true);
});

/** Bright discs of radius 6 on a dark ground. */
function discs(): NdArray<"uint16"> {
  const data = new Uint16Array(96 * 96).fill(100);
  for (const [row, column] of [
    [20, 24],
    [60, 30],
    [40, 70],
  ]) {
    for (let y = -8; y <= 8; y++) {
      for (let x = -8; x <= 8; x++) {
        const far = Math.hypot(y, x);
        if (far <= 8) data[(row + y) * 96 + column + x] = 3000 - 100 * far;
      }
    }
  }
  return ndarray(data, [96, 96]);
}

test.each([
  ["stardist", discs(), [96, 96]],
  ["cellpose-python", discs().expandDims(0).astype("float32"), [1, 96, 96]],
])("%s of main finds discs, with the engine's own networks", async (modelName, image, shape) => {
  const { url } = await start("ipc");
  const { mask, info } = await execute({ serverUrl: url, modelName, inputs: [image, {}], decodeJson: true });
  expect([mask.dtype, mask.role, mask.shape]).toEqual(["uint16", "labels", shape]);
  const plane = mask.reshape([96, 96]);
  const found = [plane.get(20, 24), plane.get(60, 30), plane.get(40, 70)];
  expect(new Set(found).size).toBe(3);
  expect(found).not.toContain(0);
  expect(plane.get(5, 90)).toBe(0);
  expect(info[0].count).toBe(3);
});

test("the models of main are ready, and name the nearest of an unknown parameter", async () => {
  const { url } = await start("ipc");
  const client = new TritonClient({ serverUrl: url });
  expect(await client.isServerReady()).toBe(true);
  expect((await client.getModelRepositoryIndex()).map(({ name }) => name)).toEqual([
    "cellpose-python",
    "stardist",
  ]);
  const inputs = [zeros([32, 32], "uint16"), { prob_tresh: 0.5 }];
  await expect(client.execute({ modelName: "stardist", inputs })).rejects.toMatchObject({
    status: 400,
    serverMessage: expect.stringMatching(/prob_tresh.*prob_thresh/),
  });
});

test("main goes on answering while a model computes, and while it reads and writes much", async () => {
  const { url } = await start("ipc");
  const client = new TritonClient({ serverUrl: url });
  await client.isServerReady();
  let computing = true;
  const image = zeros([1024, 1024], "uint16");
  const data = JSON.stringify(Array.from(image.data));
  const body = `{"inputs":[{"name":"image","shape":[1024,1024],"datatype":"UINT16","data":${data}}]}`;
  const listed = ask(`${url}/v2/models/stardist/infer`, { method: "POST", body: Buffer.from(body) });
  const zipped = new Uint8Array(gzipSync(body));
  const headers = { "Content-Encoding": "gzip" };
  const packed = ask(`${url}/v2/models/stardist/infer`, { method: "POST", headers, body: zipped });
  const asked = [listed, packed, client.execute({ modelName: "stardist", inputs: [image, {}] })];
  const all = Promise.all<unknown>(asked).finally(() => {
    computing = false;
  });
  let answers = 0;
  while (computing) {
    expect(await client.isServerLive()).toBe(true);
    answers++;
  }
  await all;
  expect((await Promise.all([listed, packed])).map(({ status }) => status)).toEqual([200, 200]);
  // All this takes seconds; one answer, a few ms.
  expect(answers).toBeGreaterThan(30);
});

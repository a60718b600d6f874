import childProcess, { type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { execute, executeBatch, getConfig, zeros } from "bioengine";
import { afterAll, expect, test, vi } from "vitest";

// The embedded engine dies while it computes: what the caller sees, and that the next call works.

const crash = join(mkdtempSync(join(tmpdir(), "bioengine-embedded-")), "crash.cjs");
writeFileSync(crash, 'process.on("SIGUSR2", () => { throw new Error("the disk is full"); });');

const spawned = vi.spyOn(childProcess, "spawn");
afterAll(() => spawned.mockRestore());

/** The engine that runs now. */
function engine(): ChildProcess {
  const { value } = spawned.mock.results[spawned.mock.results.length - 1] ?? {};
  if (value === undefined) throw new Error("No engine has been started");
  return value;
}

const small = () => execute({ inputs: [zeros([16, 16], "uint16"), {}], modelName: "stardist" });
const inputs = [zeros([1500, 1500], "uint16"), {}];

/** Wait until the embedded engine computes a request. */
async function runs(serverUrl: string, requestId: string): Promise<void> {
  const path = `${serverUrl}/v2/models/stardist/progress/${requestId}`;
  await expect.poll(async () => (await fetch(path)).status, { interval: 5, timeout: 30_000 }).toBe(200);
}

test("execute() without serverUrl says that the embedded engine was killed; the next call starts another", async () => {
  const before = (await small()).__info__.serverUrl;
  const first = engine();
  const asked = execute({ inputs, modelName: "stardist", requestId: "a" });
  const refused = expect(asked).rejects.toMatchObject({
    name: "ConnectionError",
    serverUrl: before,
    message: expect.stringMatching(
      /^Cannot execute stardist: the embedded engine must run until it has answered, got its end with signal SIGKILL; the next call starts another; it printed nothing$/,
    ),
  });
  await runs(before, "a");
  first.kill("SIGKILL");
  await refused;
  const { mask } = await small();
  expect(mask.shape).toEqual([16, 16]);
  expect(engine().pid).not.toBe(first.pid);
});

test("execute() without serverUrl shows what the embedded engine printed before it ended", async () => {
  const idle = engine();
  idle.kill("SIGKILL");
  await once(idle, "close");
  vi.stubEnv("NODE_OPTIONS", `--require ${crash}`);
  const { serverUrl } = (await small()).__info__;
  vi.unstubAllEnvs();
  const asked = execute({ inputs, modelName: "stardist", requestId: "a" });
  const refused = expect(asked).rejects.toThrow(
    /got its end with (exit code|signal) \w+; the next call starts another; the last that it printed:\n.*Error: the disk is full/s,
  );
  await runs(serverUrl, "a");
  engine().kill("SIGUSR2");
  await refused;
});

test("executeBatch() without serverUrl keeps the results until the embedded engine ended", async () => {
  await small();
  const batches = [[zeros([16, 16], "uint16"), {}], inputs, inputs];
  const asked = executeBatch({
    batches,
    modelName: "stardist",
    onBatchEnd: () => void setTimeout(200).then(() => engine().kill("SIGKILL")),
  });
  await expect(asked).rejects.toMatchObject({
    name: "BatchError",
    index: 1,
    results: [{ mask: expect.anything() }],
    message: expect.stringContaining("the embedded engine must run until it has answered, got its end"),
  });
});

test("getConfig() without serverUrl starts another engine if the last one has ended", async () => {
  const starts = spawned.mock.calls.length;
  expect((await getConfig({ modelName: "stardist" })).name).toBe("stardist");
  expect(spawned.mock.calls.length).toBe(starts + 1);
});

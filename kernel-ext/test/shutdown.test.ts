import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type RunningKernel, startKernel } from "./kernelprocess";

async function withKernel(work: (kernel: RunningKernel) => Promise<void>): Promise<void> {
  const kernel = await startKernel();
  try {
    await work(kernel);
  } finally {
    await kernel.stop();
  }
}

const within = <T>(promise: Promise<T>, ms: number): Promise<T | string> =>
  Promise.race([promise, new Promise<string>((resolve) => setTimeout(() => resolve(`not in ${ms} ms`), ms))]);

test(
  "shutdown_request is answered, ends the process and lets exit handlers run",
  () =>
    withKernel(async ({ client, ended, folder }) => {
      await client.execute(
        'import { writeFileSync } from "node:fs"; process.on("exit", () => writeFileSync("left", "")); setInterval(() => {}, 1000); 1',
      );
      const { reply } = await client.request("shutdown_request", { restart: true }, { channel: "control" });
      expect(reply).toEqual({ status: "ok", restart: true });
      expect(await within(ended, 3000)).toBe(0);
      expect(existsSync(join(folder, "left"))).toBe(true);
    }),
  60_000,
);

test(
  "shutdown_request ends a kernel that is in an endless loop",
  () =>
    withKernel(async ({ client, ended }) => {
      await client.execute("1");
      void client.execute("while (true) {}").catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 300));
      const { reply } = await client.request("shutdown_request", { restart: false }, { channel: "control" });
      expect(reply.status).toBe("ok");
      expect(await within(ended, 4000)).toBe("SIGKILL");
    }),
  60_000,
);

test(
  "a cell that exits ends the process with its code, and what it wrote arrives",
  () =>
    withKernel(async ({ client, ended, log }) => {
      await client.send("execute_request", { code: 'console.log("last words"); process.exit(3);' });
      const isHeard = () => client.received.some(({ content }) => content.text === "last words\n");
      await client.until(isHeard, 20_000);
      expect(await within(ended, 5000)).toBe(3);
      expect(log()).toBe("");
    }),
  60_000,
);

test(
  "a cell that was sent before TypeScript had loaded runs",
  () =>
    withKernel(async ({ client, folder }) => {
      writeFileSync(join(folder, "data.json"), '{"cells": 3}');
      const { reply } = await client.execute('import data from "./data.json"; data.cells');
      expect(reply.status).toBe("ok");
    }),
  60_000,
);

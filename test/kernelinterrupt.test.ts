import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { resultOf } from "../kernel-ext/test/client";
import { type RunningKernel, startKernel } from "../kernel-ext/test/kernelprocess";

let kernel: RunningKernel;
beforeAll(async () => {
  kernel = await startKernel();
}, 60_000);
afterAll(() => kernel.stop());

for (const call of ["execute({ inputs: [image]", "executeBatch({ batches: [[image]]"]) {
  test(`an interrupt ends the request that ${call.split("(")[0]}() waits for`, async () => {
    let hung: ServerResponse | undefined;
    let isClosed = false;
    // A server whose model never answers.
    const server = createServer((_, response) => {
      hung = response;
      response.on("close", () => {
        isClosed = true;
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const cell = kernel.client.execute(
        `import { execute, executeBatch, zeros } from "bioengine";
        const image = zeros([8, 8]);
        await ${call}, modelName: "slow", serverUrl: "http://127.0.0.1:${port}" });`,
      );
      for (const end = Date.now() + 15_000; !hung && Date.now() < end; ) await pause(20);
      expect(hung).toBeDefined();
      expect(isClosed).toBe(false);
      await kernel.client.send("interrupt_request", {}, "control");
      expect((await cell).reply).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
      for (const end = Date.now() + 2000; !isClosed && Date.now() < end; ) await pause(20);
      expect(isClosed).toBe(true);
      expect(resultOf(await kernel.client.execute("image.shape"))).toEqual({ "text/plain": "[ 8, 8 ]" });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }, 60_000);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

import { afterAll, beforeAll, expect, test } from "vitest";
import { type Exchange, resultOf, textOf } from "./client";
import { type RunningKernel, startKernel } from "./kernelprocess";

let kernel: RunningKernel;
beforeAll(async () => {
  kernel = await startKernel();
  await kernel.client.execute(
    "let kept = 42; const sleep = (ms: number) => new Promise(r => setTimeout(r, ms));",
  );
}, 60_000);
afterAll(() => kernel.stop());

const byMessage = (): unknown => kernel.client.send("interrupt_request", {}, "control");
const bySignal = (): unknown => kernel.process.kill("SIGINT");

/** Run a cell and interrupt it once it has said that it runs. */
async function interrupted(code: string, interrupt: () => unknown): Promise<Exchange & { ms: number }> {
  const cell = kernel.client.execute(`console.log("running");\n${code}`);
  const start = kernel.client.received.length;
  const runs = () =>
    kernel.client.received
      .slice(start)
      .some(({ type, content }) => type === "stream" && content.text.includes("running"));
  await kernel.client.until(runs, 10_000);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const time = performance.now();
  interrupt();
  const exchange = await cell;
  return { ...exchange, ms: performance.now() - time };
}

const cells = {
  "a loop": "while (true) {}",
  "a loop that writes": 'while (true) console.log("more");',
  "an await that never ends": "await new Promise(() => {});",
  "a loop after an await": "await sleep(1); while (true) {}",
  "a loop in a timer": "await new Promise(() => setTimeout(() => { while (true) {} }, 1));",
  "a loop in an immediate": "await new Promise(() => setImmediate(() => { while (true) {} }));",
  "an endless chain of promises": "const again = (): any => Promise.resolve().then(again); await again();",
  "a loop of awaits": "for (;;) await sleep(1);",
  "a loop that catches errors": "for (;;) { try { for (;;) {} } catch {} finally {} }",
  "a wait on memory": "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);",
  "a regular expression": 'let r = /^(a+)+$/.test("a".repeat(50) + "b");',
};

for (const [way, interrupt] of Object.entries({ message: byMessage, SIGINT: bySignal })) {
  for (const [name, code] of Object.entries(cells)) {
    test(`an interrupt by ${way} stops ${name} and keeps variables`, async () => {
      const exchange = await interrupted(code, interrupt);
      expect(exchange.reply).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
      expect(exchange.ms).toBeLessThan(2000);
      const next = await kernel.client.execute("await sleep(1); kept");
      expect(resultOf(next)).toEqual({ "text/plain": "42" });
      const timer = await kernel.client.execute(
        "await new Promise(r => setTimeout(r, 1)); await new Promise(r => setImmediate(r)); kept",
      );
      expect(resultOf(timer)).toEqual({ "text/plain": "42" });
    });
  }
}

test("what an interrupted cell awaited doesn't let it go on", async () => {
  const { reply } = await interrupted(
    'try { for (;;) await sleep(5); } finally { console.log("cleaned up"); }',
    byMessage,
  );
  expect(reply.ename).toBe("KeyboardInterrupt");
  const later = await kernel.client.execute('await sleep(100); console.log("later")');
  expect(textOf(later)).toMatch(/later\n$/);
  const cleanups = kernel.client.received.filter(({ content }) => content.text?.includes("cleaned up"));
  expect(cleanups.length).toBe(1);
});

test("an interrupt without a running cell does nothing", async () => {
  const { reply } = await kernel.client.request("interrupt_request", {}, { channel: "control" });
  expect(reply).toEqual({ status: "ok" });
  bySignal();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(resultOf(await kernel.client.execute("kept"))).toEqual({ "text/plain": "42" });
});

test("an interrupted redeclaration leaves the variable as it was", async () => {
  await kernel.client.execute("const image = [1, 2, 3];");
  await interrupted("const image = await new Promise<number[]>(() => {});", byMessage);
  expect(resultOf(await kernel.client.execute("image.length"))).toEqual({ "text/plain": "3" });
});

test("names that an interrupted cell gave values to are there", async () => {
  await interrupted("let steps = 0; const goal = 9; while (true) steps++; const unreached = 1;", byMessage);
  expect(resultOf(await kernel.client.execute("[steps > 1000, goal]"))).toEqual({
    "text/plain": "[ true, 9 ]",
  });
  expect((await kernel.client.execute("unreached")).reply.evalue).toBe("Cannot find name 'unreached'.");
  await interrupted("const read = await sleep(1); const half = 5; await new Promise(() => {});", byMessage);
  expect(resultOf(await kernel.client.execute("half"))).toEqual({ "text/plain": "5" });
});

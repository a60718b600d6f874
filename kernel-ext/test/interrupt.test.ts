import { afterAll, beforeAll, expect, test } from "vitest";
import { type Exchange, resultOf, textOf, tracebackOf } from "./client";
import { type RunningKernel, startKernel } from "./kernelprocess";

let kernel: RunningKernel;
beforeAll(async () => {
  kernel = await startKernel();
  await kernel.client.execute(`
    import { createServer } from "node:http";
    import type { AddressInfo } from "node:net";
    const server = createServer(() => {}).listen(0);
    const { port } = server.address() as AddressInfo;`);
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
  "a hung fetch": "await fetch('http://127.0.0.1:' + port);",
  "a loop in a callback of a promise":
    "await new Promise(() => Promise.resolve().then(() => { for (;;) {} }));",
  "a loop of for await":
    "async function* ticks() { for (;;) yield await sleep(1); } for await (const x of ticks()) {}",
  "a regular expression": 'let r = /^(a+)+$/.test("a".repeat(50) + "b");',
};

for (const [way, interrupt] of Object.entries({ message: byMessage, SIGINT: bySignal })) {
  for (const [name, code] of Object.entries(cells)) {
    test(`an interrupt by ${way} stops ${name} and keeps variables`, async () => {
      const exchange = await interrupted(code, interrupt);
      expect(exchange.reply).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
      // Half a second, and as much again for a busy machine.
      expect(exchange.ms).toBeLessThan(1000);
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

const places: Record<string, { code: string; place: number; line: string }> = {
  "a loop": { code: "let n = 0;\nwhile (true) n++;", place: 3, line: "while (true) n++;" },
  "a loop in a function of an earlier cell": {
    code: "forever();",
    place: 2,
    line: "  while (true) count++;",
  },
  "an await": {
    code: "await sleep(1);\nawait new Promise(() => {});",
    place: 3,
    line: "await new Promise(() => {});",
  },
  "the inner one of two awaits": {
    code: "async function inner() {\n  await sleep(60_000);\n}\nawait inner();",
    place: 3,
    line: "  await sleep(60_000);",
  },
  "a for await": {
    code: "async function* never() { await new Promise(() => {}); }\nfor await (const x of never()) console.log(x);",
    place: 2,
    line: "async function* never() { await new Promise(() => {}); }",
  },
};
for (const [name, { code, place, line }] of Object.entries(places)) {
  test(`a KeyboardInterrupt shows the line of ${name}, and nothing of the kernel`, async () => {
    await kernel.client.execute("let count = 0; function forever() {\n  while (true) count++;\n}");
    const traceback = tracebackOf(await interrupted(code, byMessage)).split("\n");
    expect(traceback[0]).toMatch(new RegExp(`^Cell \\[\\d+\\], line ${place}$`));
    expect(traceback).toContain(`  ${place} | ${line}`);
    const message = traceback.indexOf("KeyboardInterrupt: the cell was interrupted");
    for (const frame of traceback.slice(message + 1))
      expect(frame).toMatch(/^ {4}at (\w+ \()?Cell \[\d+\], line \d+\)?$/);
    expect(traceback.length).toBeGreaterThan(message + 1);
    expect(message).toBeGreaterThan(0);
  });
}

test("cells are interrupted twice in a row, and a cell by two interrupts", async () => {
  for (const code of ["while (true) {}", "await sleep(60_000);", "while (true) {}"]) {
    const { reply } = await interrupted(code, () => Promise.all([byMessage(), bySignal()]));
    expect(reply.ename).toBe("KeyboardInterrupt");
  }
  expect(resultOf(await kernel.client.execute("await sleep(1); kept"))).toEqual({ "text/plain": "42" });
});

test("an interrupt while a cell compiles leaves the compiler whole", async () => {
  const types = Array.from(
    { length: 300 },
    (_, i) => `type T${i} = { [K in keyof typeof process]: K | ${i} };`,
  );
  for (const delay of [5, 40, 80, 120]) {
    const cell = kernel.client.execute(`${types.join("\n")}\nconst size${delay} = ${delay}; for (;;) {}`);
    await new Promise((resolve) => setTimeout(resolve, delay));
    byMessage();
    bySignal();
    expect((await cell).reply.ename).toBe("KeyboardInterrupt");
    expect(
      resultOf(await kernel.client.execute(`const list: number[] = [${delay}, kept]; list.length`)),
    ).toEqual({
      "text/plain": "2",
    });
    expect((await kernel.client.execute('const wrong: number = "text";')).reply.ename).toBe(
      "TypeScriptError",
    );
  }
});

test("an interrupt stops a loop behind other immediates, again and again", async () => {
  await kernel.client.execute(
    "let turns = 0; const again = () => { turns++; setImmediate(again); }; again();",
  );
  for (let round = 0; round < 3; round++) {
    const { reply } = await interrupted("while (true) {}", byMessage);
    expect(reply.ename).toBe("KeyboardInterrupt");
  }
  const exchange = await kernel.client.execute("const seen = turns; await sleep(50); turns > seen");
  expect(resultOf(exchange)).toEqual({ "text/plain": "true" });
});

test("an interrupt stops a cell that was sent just before, however far it is", async () => {
  const codes = ["while (true) {}", "await 1; while (true) {}", "await new Promise(() => {});"];
  for (let round = 0; round < 60; round++) {
    const cell = kernel.client.execute(codes[round % codes.length] ?? "");
    await new Promise((resolve) => setTimeout(resolve, 2 + (round % 12)));
    byMessage();
    expect((await cell).reply.ename).toBe("KeyboardInterrupt");
  }
  expect(resultOf(await kernel.client.execute("kept"))).toEqual({ "text/plain": "42" });
}, 60_000);

import { afterAll, beforeAll, expect, test } from "vitest";
import { type Exchange, type Json, type Received, resultOf, textOf, tracebackOf } from "./client";
import { type RunningKernel, startKernel } from "./kernelprocess";

let kernel: RunningKernel;
beforeAll(async () => {
  kernel = await startKernel();
}, 60_000);
afterAll(() => kernel.stop());

const execute = (code: string): Promise<Exchange> => kernel.client.execute(code);
const isOf = (type: string, id: string) => (message: Received) =>
  message.type === type && message.content.comm_id === id;
const comms = async (content: Json = {}) =>
  (await kernel.client.request("comm_info_request", content)).reply.comms;

test("a cell opens a comm with data, metadata and buffers, and sends on it", async () => {
  const { outputs } = await execute(`
    const bytes = new Uint8Array([1, 2, 3, 4]);
    const shown = jupyter.comms.open("viewer", { width: 2 }, { metadata: { version: "2" }, buffers: [bytes.subarray(1, 3)] });
    shown.send({ n: 1 }, { buffers: [new Float32Array([1.5]), new ArrayBuffer(0)] });
    bytes.fill(9);`);
  const [open, message] = outputs.filter(({ type }) => type.startsWith("comm_"));
  const id = open?.content.comm_id;
  expect(open?.content).toEqual({ comm_id: id, target_name: "viewer", data: { width: 2 } });
  expect(open?.metadata).toEqual({ version: "2" });
  expect(open?.buffers.map((buffer) => [...buffer])).toEqual([[2, 3]]);
  expect(message?.content).toEqual({ comm_id: id, data: { n: 1 } });
  expect(message?.buffers.map((buffer) => [...buffer])).toEqual([[0, 0, 192, 63], []]);
  expect(await comms()).toEqual({ [id]: { target_name: "viewer" } });
  expect(await comms({ target_name: "other" })).toEqual({});

  const closed = await execute("shown.close({ last: true }); shown.close();");
  expect(closed.outputs.filter(({ type }) => type === "comm_close").map(({ content }) => content)).toEqual([
    { comm_id: id, data: { last: true } },
  ]);
  expect(await comms()).toEqual({});
  expect(tracebackOf(await execute("shown.send(1)"))).toContain('Cannot send on the comm "viewer"');
});

test("a front end opens a comm, and messages go both ways with buffers", async () => {
  const { client } = kernel;
  await execute(`const heard: unknown[] = [];
    jupyter.comms.register("echo", (comm, opening) => {
      heard.push(["open", opening.data, opening.metadata, ...opening.buffers.map((b) => [...b])]);
      comm.onMessage(({ data, buffers }) => comm.send({ echo: data }, { buffers }));
      comm.onClose(({ data }) => heard.push(["close", data]));
    });`);
  const start = client.received.length;
  const buffers = [new Uint8Array([7, 8]), new Uint8Array(100_000).fill(3)];
  const metadata = { of: "test" };
  await client.send("comm_open", { comm_id: "e1", target_name: "echo", data: { a: 1 } }, "shell", {
    metadata,
    buffers,
  });
  const request = await client.send("comm_msg", { comm_id: "e1", data: "ping" }, "shell", { buffers });
  const answer = await client.next(isOf("comm_msg", "e1"), start);
  expect(answer.content.data).toEqual({ echo: "ping" });
  expect(answer.buffers.map((buffer) => buffer.length)).toEqual([2, 100_000]);
  expect(answer.buffers[1]?.every((byte) => byte === 3)).toBe(true);
  expect(answer.parent.msg_id).toBe(request);
  await client.send("comm_close", { comm_id: "e1", data: { bye: true } });
  expect(resultOf(await execute("heard.map((h: any) => JSON.stringify(h).slice(0, 60)).join()"))).toEqual({
    "text/plain": `'["open",{"a":1},{"of":"test"},[7,8],[3,3,3,3,3,3,3,3,3,3,3,3,["close",{"bye":true}]'`,
  });
  expect(await comms()).toEqual({});
});

test("each message of a front end is between busy and idle, and what it prints belongs to it", async () => {
  const { client } = kernel;
  await execute(
    `jupyter.comms.register("printer", (comm) => comm.onMessage(({ data }) => console.log(data)));`,
  );
  await client.send("comm_open", { comm_id: "p1", target_name: "printer", data: {} });
  const id = await client.send("comm_msg", { comm_id: "p1", data: "printed" });
  const mine = () => client.received.filter(({ parent }) => parent.msg_id === id);
  await client.until(
    () => mine().length === 3,
    5000,
    () => JSON.stringify(mine()),
  );
  expect(mine().map(({ type, content }) => content.execution_state ?? `${type} ${content.text}`)).toEqual([
    "busy",
    "stream printed\n",
    "idle",
  ]);
  expect(textOf(await execute('console.log("cell")'))).toBe("cell\n");
});

test("messages come while a cell awaits, and the cell goes on as the busy one", async () => {
  const { client } = kernel;
  const start = client.received.length;
  const cell = client.execute(`const answer = await new Promise((resolve) => {
      jupyter.comms.register("question", (comm) => comm.onMessage(({ data }) => resolve(data)));
      console.log("registered");
    });
    console.log("after"); answer`);
  // One that waits behind must not hold the messages up.
  const behind = client.execute('"behind"');
  await client.next(({ type, content }) => type === "stream" && content.text.includes("registered"), start);
  await client.send("comm_open", { comm_id: "q1", target_name: "question", data: {} });
  const id = await client.send("comm_msg", { comm_id: "q1", data: "the answer" });
  const exchange = await cell;
  expect(resultOf(exchange)).toEqual({ "text/plain": "'the answer'" });
  expect(textOf(exchange)).toBe("registered\nafter\n");
  expect(resultOf(await behind)).toEqual({ "text/plain": "'behind'" });
  const states = client.received.slice(start).filter(({ type }) => type === "status");
  const idle = states.findIndex(
    ({ parent, content }) => parent.msg_id === id && content.execution_state === "idle",
  );
  const cellId = exchange.messages[0]?.parent.msg_id;
  const cellIdle = states.findIndex(
    ({ parent, content }) => parent.msg_id === cellId && content.execution_state === "idle",
  );
  if (idle < cellIdle) {
    expect(states[idle + 1]?.content.execution_state).toBe("busy");
    expect(states[idle + 1]?.parent.msg_id).toBe(cellId);
  }
});

test("a comm that is opened right behind the cell that registers its target finds it", async () => {
  const { client } = kernel;
  const start = client.received.length;
  const cell = client.execute('jupyter.comms.register("soon", (comm) => comm.send("welcome"));');
  await client.send("comm_open", { comm_id: "s1", target_name: "soon", data: {} });
  expect((await client.next(isOf("comm_msg", "s1"), start)).content.data).toBe("welcome");
  expect((await cell).reply.status).toBe("ok");
});

test("a target that nobody has registered is answered with comm_close", async () => {
  const { client } = kernel;
  await client.send("comm_open", { comm_id: "w1", target_name: "jupyter.widget", data: {} });
  await client.next(isOf("comm_close", "w1"));
  expect(await comms({ target_name: "jupyter.widget" })).toEqual({});
});

test("an error in a handler is shown and ends neither the comm nor the kernel", async () => {
  const { client } = kernel;
  await execute(
    'jupyter.comms.register("failing", (comm) => comm.onMessage(({ data }) => { if (data === "fail") throw new RangeError("on purpose"); comm.send("fine"); }));',
  );
  const start = client.received.length;
  await client.send("comm_open", { comm_id: "f1", target_name: "failing", data: {} });
  await client.send("comm_msg", { comm_id: "f1", data: "fail" });
  await client.next(({ content }) => content.text?.includes("RangeError: on purpose"), start);
  await client.send("comm_msg", { comm_id: "f1", data: "go" });
  await client.next(isOf("comm_msg", "f1"), start);
});

test("an endless loop in a handler is stopped by an interrupt", async () => {
  const { client } = kernel;
  await execute(
    'jupyter.comms.register("looping", (comm) => comm.onMessage(() => { console.log("looping"); while (true) {} }));',
  );
  const start = client.received.length;
  await client.send("comm_open", { comm_id: "l1", target_name: "looping", data: {} });
  const id = await client.send("comm_msg", { comm_id: "l1", data: {} });
  await client.next(({ content }) => content.text?.includes("looping"), start);
  await client.send("interrupt_request", {}, "control");
  const isIdle = ({ parent, content }: Received) =>
    parent.msg_id === id && content.execution_state === "idle";
  await client.next(isIdle, start);
  const after = await execute('console.log("after"); 1');
  expect(textOf(after)).toBe("after\n");
});

test("comms are typed, also in later cells, and a library finds them by a symbol", async () => {
  const wrong = await execute('jupyter.comms.open("a", {}, { buffer: [] })');
  expect(wrong.reply.ename).toBe("TypeScriptError");
  await execute('const kept = jupyter.comms.open("typed"); let later: Jupyter.Comm | undefined;');
  expect((await execute("const target: number = kept.target;")).reply.evalue).toContain(
    "Type 'string' is not assignable to type 'number'",
  );
  const library = `
    const [path] = Object.keys(require.cache).filter((p) => /tslab.dist.jupyter\\.js$/.test(p));
    const found = require.cache[path].exports.lastWriteDisplayData[Symbol.for("Jupyter.comms")];
    found === jupyter.comms`;
  expect(resultOf(await execute(library))).toEqual({ "text/plain": "true" });
});

test("a handler that awaits goes on after a cell was interrupted", async () => {
  const { client } = kernel;
  await execute(`const nap = () => new Promise((resolve) => setTimeout(resolve, 1));
    jupyter.comms.register("napping", (comm) => comm.onMessage(async () => { await nap(); await nap(); comm.send("rested"); }));`);
  const cell = execute("await new Promise(() => {});");
  await new Promise((resolve) => setTimeout(resolve, 200));
  await client.send("interrupt_request", {}, "control");
  expect((await cell).reply.ename).toBe("KeyboardInterrupt");
  const start = client.received.length;
  await client.send("comm_open", { comm_id: "n1", target_name: "napping", data: {} });
  await client.send("comm_msg", { comm_id: "n1", data: {} });
  await client.next(isOf("comm_msg", "n1"), start);
});

test("many messages with large buffers go through, in order", async () => {
  const exchange = await kernel.client.execute(
    'const stream = jupyter.comms.open("stream"); for (let i = 0; i < 100; i++) stream.send(i, { buffers: [new Uint8Array(1_000_000).fill(i)] });',
  );
  const messages = exchange.outputs.filter(({ type }) => type === "comm_msg");
  expect(messages.map(({ content }) => content.data)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  expect(
    messages.every(({ buffers }, i) => buffers[0]?.length === 1_000_000 && buffers[0].at(-1) === i),
  ).toBe(true);
});

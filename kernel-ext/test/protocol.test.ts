import { afterAll, beforeAll, expect, test } from "vitest";
import { executeContent, type Json, type Received, textOf } from "./client";
import { type RunningKernel, startKernel } from "./kernelprocess";

let kernel: RunningKernel;
beforeAll(async () => {
  kernel = await startKernel();
}, 60_000);
afterAll(() => kernel.stop());

const ask = async (type: string, content: Json = {}) => (await kernel.client.request(type, content)).reply;

test("kernel_info_request is answered on shell and on control", async () => {
  const info = await ask("kernel_info_request");
  expect(info).toMatchObject({
    status: "ok",
    protocol_version: "5.4",
    implementation: "bioengine",
    language_info: {
      name: "typescript",
      version: "5.9.3",
      file_extension: ".ts",
      mimetype: "text/typescript",
    },
  });
  const { reply } = await kernel.client.request("kernel_info_request", {}, { channel: "control" });
  expect(reply).toEqual(info);
});

test("heartbeat and control answer while a cell is busy", async () => {
  const cell = kernel.client.execute("const end = Date.now() + 1500; while (Date.now() < end);");
  await new Promise((resolve) => setTimeout(resolve, 300));
  const start = performance.now();
  expect(await kernel.client.heartbeat()).toBeLessThan(500);
  await kernel.client.request("kernel_info_request", {}, { channel: "control" });
  expect(performance.now() - start).toBeLessThan(800);
  expect((await cell).reply.status).toBe("ok");
});

test("output arrives while the cell still runs", async () => {
  const { client } = kernel;
  const start = client.received.length;
  const cell = client.execute(
    'console.log("early"); const until = Date.now() + 2000; while (Date.now() < until);',
  );
  await client.until(() => client.received.slice(start).some(({ type }) => type === "stream"), 5000);
  expect(client.received.slice(start).some(({ type }) => type === "execute_reply")).toBe(false);
  await cell;
});

test("a message with a wrong signature is dropped, with a line in the log", async () => {
  const id = await kernel.client.send("execute_request", { code: "globalThis.forged = 1" }, "shell", {
    key: "wrong key",
  });
  expect(textOf(await kernel.client.execute('console.log("forged" in globalThis)'))).toBe("false\n");
  expect(kernel.client.received.some(({ parent }) => parent.msg_id === id)).toBe(false);
  expect(kernel.log()).toContain("dropped a message on shell");
});

test("an unknown message is ignored, with a line in the log", async () => {
  await kernel.client.send("mystery_request", {});
  await kernel.client.send("debug_request", {}, "control");
  await kernel.client.execute("1");
  expect(kernel.log()).toContain("ignored a mystery_request");
  expect(kernel.log()).toContain("ignored a debug_request on control");
});

test("a request of the wrong form gets an error, and the kernel goes on", async () => {
  expect(await ask("complete_request", { code: 5 })).toMatchObject({ status: "error", ename: "TypeError" });
  expect(await ask("execute_request", {})).toMatchObject({ status: "error" });
  expect((await kernel.client.execute("1")).reply.status).toBe("ok");
});

test("is_complete_request tells cells from beginnings of cells", async () => {
  const status = async (code: string) => (await ask("is_complete_request", { code })).status;
  for (const code of ["1 + 1", "await f()", "const a = `\n`", "class A {}", "// done"]) {
    expect(await status(code), code).toBe("complete");
  }
  for (const code of ["f(", "const a =", "`text", "/* note", "if (a) {\n  b();", "a ? b :", "[1,"]) {
    expect(await status(code), code).toBe("incomplete");
  }
  for (const code of [")", "let = = 1", '"text', "f(]"]) expect(await status(code), code).toBe("invalid");
  expect(await ask("is_complete_request", { code: "  function f() {" })).toMatchObject({ indent: "    " });
});

test("complete_request counts in code points and tells each name's kind", async () => {
  await kernel.client.execute("const measured = { area: 1, areaBox: 2 };");
  const code = 'const cell = "🔬"; measured.ar';
  const length = [...code].length;
  const reply = await ask("complete_request", { code, cursor_pos: length });
  expect(reply).toMatchObject({
    status: "ok",
    matches: ["area", "areaBox"],
    cursor_start: length - 2,
    cursor_end: length,
  });
  expect(reply.metadata._jupyter_types_experimental[0]).toMatchObject({ text: "area", type: "property" });
  expect((await ask("complete_request", { code: "let x = 1; measu", cursor_pos: 16 })).matches).toContain(
    "measured",
  );
  expect((await ask("complete_request", { code: 'import x from "', cursor_pos: 15 })).status).toBe("ok");
});

test("inspect_request describes a name, also from within its call", async () => {
  await kernel.client.execute(
    "/** Adds two numbers. */\nfunction add(a: number, b: number): number { return a + b; }",
  );
  const found = await ask("inspect_request", { code: "add(1, 2)", cursor_pos: 2, detail_level: 0 });
  expect(found).toMatchObject({ status: "ok", found: true });
  expect(found.data["text/plain"]).toContain("function add(a: number, b: number): number");
  expect(found.data["text/markdown"]).toContain("```typescript");
  const called = await ask("inspect_request", { code: "add(1, ", cursor_pos: 7, detail_level: 0 });
  expect(called.data["text/plain"]).toContain("add(a: number, b: number): number");
  expect(await ask("inspect_request", { code: "   ", cursor_pos: 1 })).toMatchObject({
    status: "ok",
    found: false,
  });
});

test("history_request finds cells by range, tail and pattern", async () => {
  const { execution_count: line } = (await kernel.client.execute('"needle".length')).reply;
  const history = async (content: Json) =>
    (await ask("history_request", { output: false, raw: true, ...content })).history;
  const entry = [0, line, '"needle".length'];
  expect(await history({ hist_access_type: "tail", n: 1 })).toEqual([entry]);
  expect(await history({ hist_access_type: "range", session: 0, start: line, stop: line + 1 })).toEqual([
    entry,
  ]);
  // The session before this one, which is not remembered.
  expect(await history({ hist_access_type: "range", session: -1, start: line, stop: line + 1 })).toEqual([]);
  expect(await history({ hist_access_type: "search", pattern: '"need*', n: 5 })).toEqual([entry]);
  expect(await history({ hist_access_type: "search", pattern: '"need*', n: 5, output: true })).toEqual([
    [0, line, ['"needle".length', "6"]],
  ]);
  await kernel.client.execute('"needle".length');
  expect(await history({ hist_access_type: "search", pattern: '"need*' })).toHaveLength(2);
  expect(await history({ hist_access_type: "search", pattern: '"need*', unique: true })).toHaveLength(1);
});

test("cells that were sent together with one that fails at once are aborted, without output", async () => {
  const { client } = kernel;
  const start = client.received.length;
  const ids: string[] = [];
  for (let i = 0; i < 20; i++) {
    ids.push(await client.send("execute_request", executeContent(i === 0 ? "%nothing" : `${i}`)));
  }
  const replies = () =>
    client.received
      .slice(start)
      .filter(({ type, parent }) => type === "execute_reply" && ids.includes(parent.msg_id));
  await client.until(() => replies().length === 20, 20_000);
  expect(replies().map(({ content }) => content.status)).toEqual(["error", ...Array(19).fill("aborted")]);
  const published = (id: string | undefined) =>
    client.received
      .slice(start)
      .filter(({ channel, parent }) => channel === "iopub" && parent.msg_id === id)
      .map(({ content }) => content.execution_state);
  // It comes on a channel of its own, perhaps after the replies.
  await client.until(() => published(ids.at(-1)).includes("idle"), 20_000);
  expect(published(ids[1])).toEqual(["busy", "idle"]);
  // One that the client sends when it knows of the error runs.
  expect((await client.execute("1")).reply.status).toBe("ok");
});

test("an interrupt aborts the cells that wait, and other requests are answered", async () => {
  const { client } = kernel;
  const start = client.received.length;
  const cell = client.execute('console.log("runs"); while (true) {}');
  await client.next(({ content }) => content.text === "runs\n", start);
  const behind = client.execute("2");
  const info = client.request("kernel_info_request");
  await client.send("interrupt_request", {}, "control");
  expect((await cell).reply.ename).toBe("KeyboardInterrupt");
  expect((await behind).reply).toEqual({ status: "aborted" });
  expect((await info).reply.status).toBe("ok");
});

test("a silent cell that fails aborts nothing and publishes no error", async () => {
  const { client } = kernel;
  const silent = client.execute('throw new Error("silent")', { silent: true });
  const next = client.execute("1");
  expect((await silent).reply).toMatchObject({ status: "error", evalue: "silent" });
  expect((await silent).outputs).toEqual([]);
  expect((await next).reply.status).toBe("ok");
});

test("a cell that isn't stored has no number of its own and is not in the history", async () => {
  const before = (await kernel.client.execute("'stored'")).reply.execution_count;
  await kernel.client.execute("'unstored'", { store_history: false });
  await kernel.client.execute("'silent'", { silent: true, store_history: true });
  const { history } = await ask("history_request", {
    hist_access_type: "tail",
    n: 2,
    output: false,
    raw: true,
  });
  expect(history.at(-1)).toEqual([0, before, "'stored'"]);
  expect((await kernel.client.execute("1")).reply.execution_count).toBe(before + 1);
});

test("user expressions are shown as values are, also of a silent cell, and not of one that fails", async () => {
  const expressions = { user_expressions: { rich: "jupyter.md`a`" } };
  const { reply } = await kernel.client.execute("const quiet = 1;", { silent: true, ...expressions });
  expect(reply.user_expressions.rich).toEqual({ status: "ok", data: { "text/markdown": "a" }, metadata: {} });
  const failed = await kernel.client.execute('throw new Error("no")', expressions);
  expect(failed.reply.user_expressions).toBeUndefined();
});

test("busy comes first and idle last for every request, on shell and control", async () => {
  const { client } = kernel;
  for (const [type, content, channel] of [
    ["kernel_info_request", {}, "control"],
    ["comm_info_request", {}, "shell"],
    ["history_request", { hist_access_type: "tail", n: 1 }, "shell"],
    ["is_complete_request", { code: "1" }, "shell"],
    ["execute_request", executeContent("1"), "shell"],
  ] as const) {
    const { messages } = await client.request(type, content, { channel });
    const states = messages.filter((message: Received) => message.type === "status");
    expect([messages[0], messages.at(-1)]).toEqual(states);
    expect(states.map((state) => state.content.execution_state)).toEqual(["busy", "idle"]);
  }
});

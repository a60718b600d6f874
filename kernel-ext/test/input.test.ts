import { afterAll, beforeAll, expect, test } from "vitest";
import { type Exchange, type Json, type Received, resultOf, textOf, tracebackOf } from "./client";
import { type RunningKernel, startKernel } from "./kernelprocess";

let kernel: RunningKernel;
beforeAll(async () => {
  kernel = await startKernel();
}, 60_000);
afterAll(() => kernel.stop());

const isQuestion = ({ type }: Received) => type === "input_request";

/** Run a cell and answer its questions in turn; returns them as well. */
async function converse(code: string, answers: readonly string[]): Promise<Exchange & { questions: Json[] }> {
  const { client } = kernel;
  let start = client.received.length;
  const cell = client.execute(code, { allow_stdin: true });
  const questions: Json[] = [];
  for (const value of answers) {
    const question = await client.next(isQuestion, start);
    start = client.received.indexOf(question) + 1;
    questions.push(question.content);
    await client.send("input_reply", { status: "ok", value }, "stdin", { parent: question.header });
  }
  return { ...(await cell), questions };
}

test("prompt() asks on stdin and waits for the answer, several times in a cell", async () => {
  const exchange = await converse(
    'const first = prompt("Name?"); console.log("hello " + first); const second = prompt("Age", "30"); [first, second]',
    ["Ada 🔬", ""],
  );
  expect(exchange.questions).toEqual([
    { prompt: "Name? ", password: false },
    { prompt: "Age [30] ", password: false },
  ]);
  expect(resultOf(exchange)).toEqual({ "text/plain": "[ 'Ada 🔬', '30' ]" });
  expect(textOf(exchange)).toBe("hello Ada 🔬\n");
});

test("a question comes after the output before it, with the cell as its parent", async () => {
  const { client } = kernel;
  const start = client.received.length;
  const cell = client.execute('console.log("before"); prompt("?")', { allow_stdin: true });
  const question = await client.next(isQuestion, start);
  expect(question.parent.msg_type).toBe("execute_request");
  await client.next(({ type, content }) => type === "stream" && content.text === "before\n", start);
  await client.send("input_reply", { value: "" }, "stdin");
  expect((await cell).reply.status).toBe("ok");
});

test("a password isn't to be shown, and a very long answer comes whole", async () => {
  const { questions, ...exchange } = await converse(
    'const word = prompt("Token", undefined, { password: true }) ?? ""; word.length',
    ["x".repeat(300_000)],
  );
  expect(questions).toEqual([{ prompt: "Token ", password: true }]);
  expect(resultOf(exchange)).toEqual({ "text/plain": "300000" });
});

test("confirm() is true for a yes only, alert() waits, and the end of the input is null", async () => {
  const exchange = await converse(
    'const answers = [confirm("Go?"), confirm(), confirm("So?")]; alert("done"); [...answers, prompt()]',
    ["y", "", "No", "", "\x04"],
  );
  expect(exchange.questions.map(({ prompt }) => prompt)).toEqual([
    "Go? [y/N] ",
    "[y/N] ",
    "So? [y/N] ",
    "done [Enter] ",
    "",
  ]);
  expect(resultOf(exchange)).toEqual({ "text/plain": "[ true, false, false, null ]" });
});

test("prompt() can be asked in an async part of a cell and in a callback", async () => {
  const exchange = await converse(
    'const late = await new Promise<string | null>((resolve) => setTimeout(() => resolve(prompt("later")), 1)); late',
    ["yes"],
  );
  expect(resultOf(exchange)).toEqual({ "text/plain": "'yes'" });
});

test("a client without input gets an error that says so, also after a cell's end", async () => {
  const exchange = await kernel.client.execute('prompt("Name?")');
  expect(exchange.reply).toMatchObject({ status: "error", ename: "Error" });
  expect(tracebackOf(exchange)).toContain("allow_stdin");
  const start = kernel.client.received.length;
  await kernel.client.execute('setTimeout(() => prompt("late"), 30); 1', { allow_stdin: true });
  const isFailure = ({ type, content }: Received) =>
    type === "stream" && content.text.includes("allow_stdin");
  await kernel.client.next(isFailure, start);
});

test("an interrupt ends the wait, and the answer that comes too late is for nobody", async () => {
  const { client } = kernel;
  const start = client.received.length;
  const cell = client.execute('prompt("never answered")', { allow_stdin: true });
  const stale = await client.next(isQuestion, start);
  await client.send("interrupt_request", {}, "control");
  expect((await cell).reply).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });

  const mark = client.received.length;
  const next = client.execute('prompt("again")', { allow_stdin: true });
  const question = await client.next(isQuestion, mark);
  await client.send("input_reply", { value: "stale" }, "stdin", { parent: stale.header });
  await client.send("input_reply", { value: "fresh" }, "stdin", { parent: question.header });
  expect(resultOf(await next)).toEqual({ "text/plain": "'fresh'" });
});

test("a comm's message doesn't withdraw the question of a cell that awaits", async () => {
  const { client } = kernel;
  await client.execute(
    'jupyter.comms.register("beside", (comm) => { comm.onMessage(() => comm.send(1)); });',
  );
  const start = client.received.length;
  const cell = client.execute(
    `import { createInterface } from "node:readline/promises";
    const reader = createInterface({ input: process.stdin });
    const line = await reader.question("Line? "); reader.close(); line`,
    { allow_stdin: true },
  );
  const question = await client.next(isQuestion, start);
  await client.send("comm_open", { comm_id: "b1", target_name: "beside", data: {} });
  await client.send("comm_msg", { comm_id: "b1", data: {} });
  await client.next(({ type, content }) => type === "comm_msg" && content.comm_id === "b1", start);
  await client.send("input_reply", { value: "kept" }, "stdin", { parent: question.header });
  expect(resultOf(await cell)).toEqual({ "text/plain": "'kept'" });
});

test("the dialogs are typed", async () => {
  const wrong = await kernel.client.execute('prompt("a", "b", { pasword: true })');
  expect(wrong.reply.ename).toBe("TypeScriptError");
  expect((await kernel.client.execute('const n: number = confirm("a");')).reply.ename).toBe(
    "TypeScriptError",
  );
  const code = "confir";
  const { reply } = await kernel.client.request("complete_request", { code, cursor_pos: 6 });
  expect(reply.matches).toContain("confirm");
});

test("node:readline asks through process.stdin, once for each line that is read", async () => {
  const { client } = kernel;
  const start = client.received.length;
  const code = `import { createInterface } from "node:readline/promises";
    const lines = createInterface({ input: process.stdin, output: process.stdout });
    const answers = [await lines.question("First? "), await lines.question("Second? ")];
    lines.close(); await new Promise((resolve) => setTimeout(resolve, 50)); answers`;
  for (const answers of [
    ["a", "b"],
    ["c", "d"],
  ]) {
    const exchange = await converse(code, answers);
    expect(resultOf(exchange)).toEqual({ "text/plain": `[ '${answers[0]}', '${answers[1]}' ]` });
    expect(textOf(exchange)).toContain("First? ");
  }
  expect(client.received.slice(start).filter(isQuestion)).toHaveLength(4);
  const refused = client.received.length;
  const cell = client.execute(code);
  await client.next(({ content }) => content.text?.includes("allow_stdin"), refused);
  await client.send("interrupt_request", {}, "control");
  expect((await cell).reply.ename).toBe("KeyboardInterrupt");
  expect(resultOf(await converse(code, ["e", "f"]))).toEqual({ "text/plain": "[ 'e', 'f' ]" });
});

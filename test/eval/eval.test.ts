import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { python, root } from "../laboratory";
import { finish } from "../program";
import { cellOf } from "./answers.mjs";
import { errorClassOf } from "./errorclass.mjs";
import { report } from "./report.mjs";
import { tasks } from "./tasks/index.mjs";

const folder = join(root, "test/eval");
const evaluate = (...args: string[]) =>
  finish(process.execPath, [join(folder, "eval.mjs"), ...args], { cwd: root });
/** The report at the end, its columns one space apart. */
const tableOf = (output: string) =>
  output
    .slice(output.indexOf("\npass@1") + 1)
    .trimEnd()
    .replaceAll(/ +/g, " ");

test("there are 30 tasks, with an answer each in both sets, and no check passes nothing", () => {
  expect(new Set(tasks.map(({ name }) => name)).size).toBe(30);
  const expected = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8"));
  for (const { name, check } of tasks) {
    expect(existsSync(join(folder, "reference", `${name}.ts`)), name).toBe(true);
    expect(existsSync(join(folder, "naive", `${name}.md`)), name).toBe(true);
    expect(check({ value: undefined, files: {}, outputs: [], expected }), name).toBeTypeOf("string");
  }
});

test("the cell of an answer in Markdown is its blocks of TypeScript", () => {
  const blocks = [
    "```bash",
    "npm install x",
    "```",
    "Then:",
    "```typescript",
    "a;",
    "```",
    "```",
    "b;",
    "```",
  ];
  expect(cellOf(blocks.join("\n"))).toBe("a;\n\nb;\n");
  expect(cellOf("I can't.")).toBe(undefined);
});

test.each([
  ["timeout", { ename: "TimeoutError", evalue: "", traceback: [] }],
  ["name error", { ename: "TypeScriptError", evalue: "", traceback: ["Cannot find name 'a'. (TS2304)"] }],
  ["type error", { ename: "TypeScriptError", evalue: "", traceback: ["(TS2304)", "(TS2345)"] }],
  ["syntax error", { ename: "TypeScriptError", evalue: "", traceback: ["';' expected. (TS1005)"] }],
  ["name error", { ename: "TypeError", evalue: "a.b is not a function", traceback: [] }],
  ["refused", { ename: "RangeError", evalue: "Cannot segment: the image must …", traceback: [] }],
  ["other error", { ename: "TypeError", evalue: "undefined is not iterable", traceback: [] }],
])("a %s is told by %j", (outcome, error) => {
  expect(errorClassOf(error)).toBe(outcome);
});

test("pass@1 is the mean over a task's samples, then over the tasks", () => {
  const known = new Map([
    ["one", { group: "first" }],
    ["two", { group: "second" }],
  ]);
  const answer = (set: string, task: string, outcome: string) => ({ set, task, outcome });
  const answers = [
    answer("with", "one", "passed"),
    answer("with", "one", "timeout"),
    answer("with", "two", "passed"),
    answer("without", "two", "name error"),
  ];
  expect(report(answers, known)).toBe(`pass@1   with  without
first    50 %
second  100 %      0 %
all      75 %      0 %

answers     with  without
name error     0        1
passed         2        0
timeout        1        0`);
});

test("a cell that never ends, or ends the kernel, is an answer too", () => {
  const codes: [string, number][] = [
    ["while (true) {}", 3],
    ["process.exit(3)", 60],
  ];
  const run = { folder: tmpdir(), files: [] };
  const runs = codes.map(([code, timeoutS], id) => ({ ...run, id, cells: ["", code], timeoutS }));
  const input = JSON.stringify({ runs });
  const { stdout, stderr } = spawnSync(python, [join(folder, "cells.py")], { input, encoding: "utf8" });
  const ended = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  ended.sort((one, other) => one.id - other.id);
  expect(
    ended.map(({ outputs: [, [error]] }) => errorClassOf(error)),
    stderr,
  ).toEqual(["timeout", "other error"]);
});

test("the reference passes, and naive answers end in their classes of errors", async () => {
  const names = "measure-micrometres,read-green";
  const { code, output } = await evaluate("--tasks", names);
  expect(code, output).toBe(0);
  expect(tableOf(output)).toBe(`pass@1 test/eval/naive test/eval/reference
reading 0 % 100 %
measuring 0 % 100 %
all 0 % 100 %

answers test/eval/naive test/eval/reference
passed 0 2
ran but wrong 1 0
syntax error 1 0`);
});

// A stand-in for a model, over real HTTP: with the instructions it knows the reference's answer, without them the naive.
const asked: { key: string | undefined; model: string; roles: string[]; user: string }[] = [];
const standIn = createServer(async (request, response) => {
  const { status, body } = await answer(request);
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
});

async function answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
  const key = request.headers.authorization;
  if (key !== "Bearer open sesame") return { status: 401, body: { error: { message: "Incorrect API key" } } };
  expect(`${request.method} ${request.url}`).toBe("POST /v1/chat/completions");
  const { model, messages } = JSON.parse(await text(request));
  const [system, user] = messages.map(({ content }: { content: string }) => content);
  asked.push({ key, model, roles: messages.map(({ role }: { role: string }) => role), user });
  const name = tasks.find(({ prompt }) => user.startsWith(prompt))?.name;
  const isInstructed = system.includes("## Instructions for code generation with bioengine");
  const content = isInstructed
    ? `Here it is:\n\n\`\`\`ts\n${readFileSync(join(folder, "reference", `${name}.ts`), "utf8")}\`\`\``
    : readFileSync(join(folder, "naive", `${name}.md`), "utf8");
  return { status: 200, body: { choices: [{ index: 0, message: { role: "assistant", content } }] } };
}

let endpoint: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => standIn.listen(0, "127.0.0.1", resolve));
  endpoint = `http://127.0.0.1:${(standIn.address() as AddressInfo).port}/v1`;
});
afterAll(() => standIn.close());

test("--ask saves a model's answers with and without the instructions, and runs them", async () => {
  process.env.STAND_IN_KEY = "open sesame";
  const answers = mkdtempSync(join(tmpdir(), "bioengine-eval-"));
  const { code, output } = await evaluate(
    ...["--ask", endpoint, "--model", "stand-in", "--samples", "2", "--key-variable", "STAND_IN_KEY"],
    ...["--answers", answers, "--tasks", "mask-whole"],
  );
  expect(code, output).toBe(0);
  expect(asked).toHaveLength(4);
  expect(asked[0]).toMatchObject({ model: "stand-in", roles: ["system", "user"] });
  expect(asked[0]?.user).toMatch(
    /^Remove the cells.*`labels`: NdArray.*Leave the result in a variable `whole`/s,
  );
  expect(readFileSync(join(answers, "with/2/mask-whole.md"), "utf8")).toContain("clearBorder(labels)");
  const rows = tableOf(output).replaceAll(/\S*\/(with|without)\b/g, "$1");
  expect(rows).toContain("pass@1 with without");
  expect(rows).toContain("all 100 % 0 %");
  expect(rows).toContain("name error 0 2");
});

test.each([
  [
    ["--ask", "ENDPOINT", "--model", "x", "--answers", "a"],
    /^Cannot ask x: POST \S+ must answer 200, got 401 .*Incorrect API key/,
  ],
  [["--ask", "ENDPOINT", "--answers", "a"], /^Cannot ask: --model must name the model, got none/],
  [["--tasks", "reed"], /^Cannot evaluate: --tasks must be among read-average, .*, got reed/],
  [["--answers", "packages"], /^Cannot evaluate packages: it must hold files called by a task/],
])("eval %j says what is wrong", async (args, words) => {
  const { code, output } = await evaluate(...args.map((arg) => (arg === "ENDPOINT" ? endpoint : arg)));
  expect(output).toMatch(words);
  expect(code).toBe(1);
});

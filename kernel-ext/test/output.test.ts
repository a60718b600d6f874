import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Exchange, resultOf, textOf } from "./client";
import { type RunningKernel, startKernel } from "./kernelprocess";

let kernel: RunningKernel;
let roomy: RunningKernel;
beforeAll(async () => {
  [kernel, roomy] = await Promise.all([
    startKernel(),
    startKernel({ BIOENGINE_OUTPUT_LIMIT: String(100_000_000) }),
  ]);
}, 60_000);
afterAll(() => Promise.all([kernel.stop(), roomy.stop()]));

const execute = (code: string, timeoutMs = 30_000): Promise<Exchange> =>
  kernel.client.execute(code, {}, timeoutMs);

/** Resident memory of a process at its highest, in MB; Linux only. */
const peakMemory = (pid: number | undefined): number =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1000;

const lineLoop = "for (let i = 0; i < 500_000; i++) console.log(String(i).padStart(99, '.'));";

test("50 MB of lines arrive whole and in order where the limit allows it, in bounded memory", async () => {
  await roomy.client.execute("1");
  const isLinux = process.platform === "linux";
  const before = isLinux ? peakMemory(roomy.process.pid) : 0;
  const text = textOf(await roomy.client.execute(lineLoop, {}, 60_000));
  expect(text.length).toBe(50_000_000);
  const lines = text.split("\n");
  expect(lines.findIndex((line, i) => i < 500_000 && line !== String(i).padStart(99, "."))).toBe(-1);
  // What goes through isn't held: less than the text itself, of which a client keeps a copy and more.
  if (isLinux) expect(peakMemory(roomy.process.pid) - before).toBeLessThan(200);
});

test("text beyond the limit is cut with what to do, the amount that is missing, and its end", async () => {
  const exchange = await execute(`${lineLoop} "done"`);
  const shown = textOf(exchange);
  expect(shown.length).toBe(2_502_000);
  expect(shown.slice(0, 100)).toBe(`${"0".padStart(99, ".")}\n`);
  expect(shown.endsWith(`${"499999".padStart(99, ".")}\n`)).toBe(true);
  const said = textOf(exchange, "stderr");
  expect(said).toContain("a cell may print 2,500,000 characters");
  expect(said).toContain("appendFileSync");
  expect(said).toContain("47,498,000 characters were left out");
  const order = exchange.outputs.map(({ type, content }) => content.name ?? type);
  expect(order.filter((name, index) => name !== order[index - 1])).toEqual([
    "execute_input",
    "stdout",
    "stderr",
    "stdout",
    "execute_result",
  ]);
  expect(textOf(await execute('console.log("next")'))).toBe("next\n");
});

test("an interrupted flood says how much was left out", async () => {
  const { client } = kernel;
  const start = client.received.length;
  const cell = client.execute('while (true) console.log("x".repeat(10_000));');
  await client.next(({ content }) => content.name === "stderr", start);
  await client.send("interrupt_request", {}, "control");
  const exchange = await cell;
  expect(exchange.reply.ename).toBe("KeyboardInterrupt");
  expect(textOf(exchange, "stderr")).toContain("characters were left out");
});

test("clearing the output begins to count anew", async () => {
  const exchange = await execute(
    'for (let i = 0; i < 4; i++) { process.stdout.write("x".repeat(1_000_000)); jupyter.clearOutput({ wait: true }); }',
  );
  expect(textOf(exchange).length).toBe(4_000_000);
  expect(textOf(exchange, "stderr")).toBe("");
});

test("one write of many megabytes, and displays of many, don't stop the kernel", async () => {
  const exchange = await roomy.client.execute(
    'process.stdout.write("y".repeat(9_000_000)); for (let i = 0; i < 5; i++) display({ "text/plain": "z".repeat(5_000_000) }, { raw: true });',
    {},
    30_000,
  );
  expect(textOf(exchange).length).toBe(9_000_000);
  expect(exchange.outputs.filter(({ type }) => type === "display_data")).toHaveLength(5);
});

test("process.stdout.write takes bytes and encodings, and calls back", async () => {
  const exchange = await execute(`
    const told: string[] = [];
    process.stdout.write(Buffer.from("bytes "), () => told.push("bytes"));
    process.stdout.write("aGV4IA==", "base64", () => told.push("encoding"));
    process.stdout.write(new Uint8Array([33]));
    await new Promise<void>((resolve) => process.stderr.write("last", () => resolve()));
    told.join()`);
  expect(textOf(exchange)).toBe("bytes hex !");
  expect(textOf(exchange, "stderr")).toBe("last");
  expect(resultOf(exchange)).toEqual({ "text/plain": "'bytes,encoding'" });
});

test("what a cell prints late is the cell's, whatever was asked in the meantime", async () => {
  const { client } = kernel;
  const start = client.received.length;
  const { reply, messages } = await execute('setTimeout(() => console.log("late"), 300); 1');
  expect(reply.status).toBe("ok");
  await client.request("complete_request", { code: "consol", cursor_pos: 6 });
  await client.request("is_complete_request", { code: "1" });
  const late = await client.next(({ content }) => content.text === "late\n", start);
  expect(late.parent.msg_id).toBe(messages[0]?.parent.msg_id);
});

test("what child processes write that inherit the kernel's streams is the cell's", async () => {
  const exchange =
    await execute(`import { execFileSync, execSync, fork, spawn, spawnSync } from "node:child_process";
    import { writeFileSync } from "node:fs";
    const script = 'process.stdout.write("out "); process.stderr.write("err ");';
    writeFileSync("child.js", script);
    const ended = (child: any) => new Promise((resolve) => child.on("close", resolve));
    const node = process.execPath;
    const child = spawn(node, ["-e", script], { stdio: "inherit" });
    const codes = [await ended(child), await ended(fork("child.js"))];
    const sync = spawnSync(node, ["child.js"], { stdio: ["ignore", "inherit", "pipe"], encoding: "utf8" });
    const results = [execSync('"' + node + '" child.js', { stdio: "inherit" }), execFileSync(node, ["child.js"], { stdio: "inherit" })];
    const half = execSync("echo kept; echo err >&2", { stdio: ["ignore", "pipe", "inherit"], encoding: "utf8" });
    [codes, child.stdout, sync.stdout, sync.stderr, results, String(execSync("echo piped")), half]`);
  expect(resultOf(exchange)["text/plain"].replace(/\s+/g, " ")).toBe(
    "[ [ 0, 0 ], null, null, 'err ', [ null, null ], 'piped\\n', 'kept\\n' ]",
  );
  expect(textOf(exchange)).toBe("out ".repeat(5));
  expect(textOf(exchange, "stderr")).toBe(`${"err ".repeat(4)}err\n`);
});

test("a child that is waited for inherits one stream, and what becomes of the others is as in Node.js", async () => {
  const exchange = await execute(`import { execSync } from "node:child_process";
    const write = "echo out; echo err >&2";
    const dropped = execSync(write, { stdio: ["ignore", "inherit", "ignore"] });
    const kept = execSync(write, { stdio: ["ignore", "ignore", "inherit"] });
    let error: any;
    try {
      execSync("echo partly; exit 2", { stdio: ["ignore", "pipe", "inherit"], encoding: "utf8" });
    } catch (caught) {
      error = caught;
    }
    [dropped, kept, error.stdout]`);
  expect(resultOf(exchange)["text/plain"]).toBe("[ null, null, 'partly\\n' ]");
  expect(textOf(exchange)).toBe("out\n");
  expect(textOf(exchange, "stderr")).toBe("err\n");
});

test("a child process that fails shows what it wrote, and the error is Node's", async () => {
  const exchange = await execute(
    `import { execSync } from "node:child_process"; execSync('echo before; exit 3', { stdio: "inherit" });`,
  );
  expect(textOf(exchange)).toBe("before\n");
  expect(exchange.reply.evalue).toContain("Command failed: echo before; exit 3");
});

test("a module by import finds the same functions, and output of a child comes as it is written", async () => {
  const { client } = kernel;
  const start = client.received.length;
  const cell = execute(`const { spawn } = await import("node:child_process");
    const script = 'console.log("first"); setTimeout(() => console.log("second"), 1000)';
    await new Promise((resolve) => spawn(process.execPath, ["-e", script], { stdio: [0, 1, 2] }).on("close", resolve));`);
  await client.next(({ content }) => content.text === "first\n", start);
  expect(client.received.slice(start).some(({ type }) => type === "execute_reply")).toBe(false);
  expect(textOf(await cell)).toBe("first\nsecond\n");
});

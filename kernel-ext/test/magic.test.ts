import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Exchange, resultOf, textOf, tracebackOf } from "./client";
import { type RunningKernel, startKernel } from "./kernelprocess";

let kernel: RunningKernel;
beforeAll(async () => {
  kernel = await startKernel();
}, 60_000);
afterAll(() => kernel.stop());

const execute = (code: string): Promise<Exchange> => kernel.client.execute(code, {}, 60_000);

/** Pack a package into a tarball in the notebook's folder, as `npm pack` does. */
function pack(name: string, manifest: object, files: Readonly<Record<string, string>>): void {
  const folder = join(kernel.folder, "sources", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name, version: "1.0.0", ...manifest }));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  const { status, stderr } = spawnSync("npm", ["pack", "--pack-destination", kernel.folder], {
    cwd: folder,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
}

test("%install puts a package into the notebook's folder, where the running kernel finds it, typed", async () => {
  pack(
    "twice",
    { main: "index.js", types: "index.d.ts" },
    {
      "index.js": "exports.twice = (n) => 2 * n;",
      "index.d.ts": "export declare function twice(n: number): number;",
    },
  );
  const missing = await execute('import { twice } from "twice"; twice(2)');
  expect(tracebackOf(missing)).toContain("Cannot find module 'twice'");
  const exchange = await execute('%install ./twice-1.0.0.tgz\n\nimport { twice } from "twice"; twice(21)');
  expect(exchange.reply.status, tracebackOf(exchange)).toBe("ok");
  expect(textOf(exchange)).toMatch(/added 1 package/);
  expect(resultOf(exchange)).toEqual({ "text/plain": "42" });
  expect(
    Object.keys(JSON.parse(readFileSync(join(kernel.folder, "package.json"), "utf8")).dependencies),
  ).toEqual(["twice"]);
  const wrong = await execute('import { twice } from "twice";\ntwice("a")');
  expect(wrong.reply.evalue).toContain("Argument of type 'string' is not assignable");
});

test("%install mends an import that has failed before while the cell ran, also of a package with exports only", async () => {
  pack(
    "modern",
    { exports: { ".": { types: "./index.d.ts", default: "./index.js" } } },
    {
      "index.js": "exports.name = 'modern';",
      "index.d.ts": "export declare const name: string;",
    },
  );
  expect(tracebackOf(await execute('const found = require("modern");'))).toContain(
    "Cannot find module 'modern'",
  );
  expect((await execute("%install ./modern-1.0.0.tgz")).reply.status).toBe("ok");
  expect(resultOf(await execute('import { name } from "modern"; name'))).toEqual({
    "text/plain": "'modern'",
  });
});

test("%install that fails says what npm said, and where lines are stays as it was", async () => {
  const exchange = await execute("%install ./nowhere.tgz");
  expect(exchange.reply.evalue).toContain("Cannot install ./nowhere.tgz: npm must end with 0");
  expect(textOf(exchange)).toContain("nowhere.tgz");
  expect((await execute("%install")).reply.evalue).toContain("got none");
  expect((await execute("%install --global x")).reply.evalue).toContain("got --global");
  const later = await execute("%install ./twice-1.0.0.tgz\nthrow new Error('here');");
  expect(tracebackOf(later)).toMatch(/^Cell \[\d+\], line 2\n/);
});

test("an interrupt ends %install", async () => {
  const { client } = kernel;
  // npm waits for a registry that never answers.
  writeFileSync(
    join(kernel.folder, ".npmrc"),
    "registry=http://127.0.0.1:9/\nfetch-retries=10\nfetch-retry-mintimeout=5000\n",
  );
  const cell = client.execute("%install some-package");
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await client.send("interrupt_request", {}, "control");
  expect((await cell).reply.ename).toBe("KeyboardInterrupt");
  expect(existsSync(join(kernel.folder, "node_modules/some-package"))).toBe(false);
});

test("a cell of another language is shown as it is", async () => {
  const show = async (cell: string) => {
    const { outputs } = await execute(cell);
    return outputs.find(({ type }) => type === "display_data")?.content.data;
  };
  expect(await show("%%html\n<b>x</b>\n%y")).toEqual({ "text/html": "<b>x</b>\n%y" });
  expect(await show("%%markdown\n# T")).toEqual({ "text/markdown": "# T" });
  expect(await show("\n%%javascript\nalert(1)")).toEqual({ "application/javascript": "alert(1)" });
  expect(await show("%%latex\n$x^2$")).toEqual({ "text/latex": "$x^2$" });
  expect(await show("%%svg\n<svg/>")).toEqual({ "image/svg+xml": "<svg/>" });
});

test("an unknown magic names those there are, and commands of Python's notebooks what to write", async () => {
  const message = async (cell: string) => (await execute(cell)).reply.evalue;
  expect(await message("%matplotlib inline")).toMatch(/^Cannot run %matplotlib: .*%install, %tb, %%html/);
  expect(await message("%pip install numpy")).toContain("%install lodash");
  expect(await message("%%bash\nls")).toContain("execSync");
  expect(await message("!ls -la")).toContain("execSync");
  expect(await message("!pip install numpy")).toContain("%install");
  expect(await message("% 3")).toContain("got %");
  await execute("const ready = false;");
  expect(resultOf(await execute("!ready"))).toEqual({ "text/plain": "true" });
});

test("a cell that begins with a magic is complete", async () => {
  const { reply } = await kernel.client.request("is_complete_request", { code: "%install lodash" });
  expect(reply).toEqual({ status: "complete" });
});

test("magics are completed where they can be", async () => {
  const matches = async (code: string) =>
    (await kernel.client.request("complete_request", { code, cursor_pos: code.length })).reply;
  expect(await matches("%in")).toMatchObject({ matches: ["%install"], cursor_start: 0, cursor_end: 3 });
  expect((await matches("%%")).matches).toContain("%%html");
  expect((await matches("%install x\n%ins")).cursor_start).toBe(11);
  expect((await matches("const rest = 7 %Ma")).matches).toContain("Math");
});

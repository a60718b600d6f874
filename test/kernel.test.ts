import { join } from "node:path";
import { expect, test } from "vitest";
import { python, root } from "./laboratory";
import { finish } from "./program";

/** Run a script of the kernel's tests in Python on the built kernel. */
const run = (script: string) =>
  finish(python, [
    join(root, "kernel-ext/test", script),
    process.execPath,
    join(root, "kernel-ext/dist/main.js"),
  ]);

test("the kernel passes Jupyter's own kernel tests", async () => {
  const { code, output } = await run("jupyter_kernel_test.py");
  expect(code, output).toBe(0);
  // One is about a pager, which the kernel doesn't have.
  expect(output).toMatch(/Ran 12 tests[\s\S]*OK \(skipped=1\)/);
});

test("jupyter_client and the kernel understand each other", async () => {
  const { code, output } = await run("jupyter_client_test.py");
  expect(code, output).toBe(0);
  expect(output).toMatch(/Ran 7 tests[\s\S]*OK/);
});

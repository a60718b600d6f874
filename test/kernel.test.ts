import { join } from "node:path";
import { expect, test } from "vitest";
import { python, root } from "./laboratory";
import { finish } from "./program";

test("the kernel passes Jupyter's own kernel tests", async () => {
  const script = join(root, "kernel-ext/test/jupyter_kernel_test.py");
  const { code, output } = await finish(python, [
    script,
    process.execPath,
    join(root, "kernel-ext/dist/main.js"),
  ]);
  expect(code, output).toBe(0);
  // Two are about a pager and clear_output, which TypeScript kernels have no standard words for.
  expect(output).toMatch(/Ran 12 tests[\s\S]*OK \(skipped=2\)/);
});

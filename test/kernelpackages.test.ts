import { afterAll, beforeAll, expect, test } from "vitest";
import { resultOf } from "../kernel-ext/test/client";
import { type RunningKernel, startKernel } from "../kernel-ext/test/kernelprocess";

// In a folder of its own, without node_modules.
let kernel: RunningKernel;
beforeAll(async () => {
  kernel = await startKernel();
}, 60_000);
afterAll(() => kernel.stop());

test("variables whose types lie in packages behind bioengine are there in later cells", async () => {
  const { reply } = await kernel.client.execute(
    'import { drawMembranes, zeros } from "bioengine"; const grid = zeros([2, 3]); const [image] = drawMembranes({ count: 1 })[0];',
  );
  expect(reply).toMatchObject({ status: "ok" });
  expect(resultOf(await kernel.client.execute("[grid.shape[1], image.shape[2]]"))).toEqual({
    "text/plain": "[ 3, 3 ]",
  });
});

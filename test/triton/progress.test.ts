import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningKernel, startKernel } from "../../kernel-ext/test/kernelprocess";
import { withTriton } from "./withtriton";

withTriton("execute()", ["sleep"], (triton) => {
  let kernel: RunningKernel;
  beforeAll(async () => {
    kernel = await startKernel();
  }, 60_000);
  afterAll(() => kernel.stop());

  test("shows that a slow model runs, and in the same place how long it took", async () => {
    const { outputs } = await kernel.client.execute(
      `import { execute, ndarray } from "bioengine";
      const { slept } = await execute({
        inputs: [ndarray([3], undefined, { dtype: "float32" })],
        modelName: "sleep",
        serverUrl: "${triton.url}",
      });`,
    );
    const shown = outputs.filter(({ type }) => type.endsWith("display_data"));
    const texts = shown.map(({ content }) => content.data["text/plain"]);
    expect(texts[0]).toBe("execute sleep: the model runs");
    expect(texts.at(-1)).toMatch(/^execute sleep: done in \d+\.\d s$/);
    expect(new Set(shown.map(({ content }) => content.transient.display_id)).size).toBe(1);
    expect(shown[0]?.content.data["text/html"]).toContain('role="progressbar"');
  }, 60_000);
});

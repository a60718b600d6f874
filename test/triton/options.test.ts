import { execute, ndarray, TritonClient, zeros } from "bioengine";
import { expect, test } from "vitest";
import { withTriton } from "./withtriton";

withTriton("options", ["cellpose-python", "classes", "echo", "identity-bytes"], (triton) => {
  const image = ndarray(
    Float32Array.from({ length: 3 * 600 * 600 }, (_, index) => index % 251),
    [3, 600, 600],
  );

  for (const compression of ["gzip", "deflate"] as const) {
    test(`execute() sends and receives ${compression}`, async () => {
      const call = { inputs: [image], serverUrl: triton.url, modelName: "echo" };
      const { y } = await execute({ ...call, compression });
      expect(y.data).toEqual(image.data);
    });
  }

  test("execute() tells how far it is, there and back", async () => {
    const told: { phase: string; loaded: number; total: number | undefined }[] = [];
    const onProgress = (progress: (typeof told)[number]) => told.push(progress);
    await execute({ inputs: [image], serverUrl: triton.url, modelName: "echo", onProgress });
    expect([...new Set(told.map(({ phase }) => phase))]).toEqual(["sending", "running", "receiving"]);
    for (const phase of ["sending", "receiving"]) {
      const last = told.filter((progress) => progress.phase === phase).at(-1);
      expect(last?.loaded).toBe(last?.total);
      expect(last?.total).toBeGreaterThan(image.data.byteLength);
    }
  });

  test("execute() gives the best classes with their labels", async () => {
    const inputs = [ndarray([[0.1, 0.9, 0.3, 0.2]], undefined, { dtype: "float32" })];
    const call = { inputs, serverUrl: triton.url, modelName: "classes" };
    const { y } = await execute({ ...call, classification: { y: 2 } });
    expect(y).toEqual([
      [
        { score: 0.9, index: 1, label: "nucleus" },
        { score: 0.3, index: 2, label: "cytoplasm" },
      ],
    ]);
  });

  test("execute() takes Maps of inputs and of parameters", async () => {
    const inputs = new Map<string, unknown>([
      ["param", new Map([["diameter", 30]])],
      ["image", zeros([1, 2, 2], "float32")],
    ]);
    const { info } = await execute({
      inputs,
      serverUrl: triton.url,
      modelName: "cellpose-python",
      decodeJson: true,
    });
    expect(info[0].param).toEqual({ diameter: 30 });
  });

  test("execute() packs and unpacks values of any kind with imjoy", async () => {
    const call = { serverUrl: triton.url, modelName: "identity-bytes", serialization: "imjoy" } as const;
    const { o } = await execute({
      ...call,
      inputs: [{ image: image.slice([0, 1], [0, 2], [0, 3]), steps: [1, null] }],
    });
    expect(o.steps).toEqual([1, null]);
    expect(o.image.toArray()).toEqual(image.slice([0, 1], [0, 2], [0, 3]).toArray());
  });

  test("execute() sends a priority, a time to wait in the queue, and parameters of one's own", async () => {
    const parameters = { priority: 1, timeout: 5_000_000, colour: "red" };
    const { y } = await execute({ inputs: [image], serverUrl: triton.url, modelName: "echo", parameters });
    expect(y.shape).toEqual([3, 600, 600]);
  });

  test("TritonClient reads and changes what is logged and traced", async () => {
    const client = new TritonClient({ serverUrl: triton.url });
    expect(await client.getLogSettings()).toMatchObject({ log_info: true });
    expect(await client.updateLogSettings({ log_verbose_level: 1 })).toMatchObject({ log_verbose_level: 1 });
    expect(await client.updateLogSettings({ log_verbose_level: 0 })).toMatchObject({ log_verbose_level: 0 });
    expect(await client.getTraceSettings()).toHaveProperty("trace_level", ["OFF"]);
    expect(await client.updateTraceSettings({ trace_rate: "7" }, "echo")).toHaveProperty("trace_rate", "7");
    expect(await client.getTraceSettings("echo")).toHaveProperty("trace_rate", "7");
    expect(await client.updateTraceSettings({ trace_rate: null }, "echo")).toHaveProperty(
      "trace_rate",
      "1000",
    );
    expect(await client.getInferenceStatistics()).toHaveProperty("model_stats");
  });
});

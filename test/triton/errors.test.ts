import { execute, getConfig, TritonClient, zeros } from "bioengine";
import { expect, test } from "vitest";
import { withTriton } from "./withtriton";

interface Refusal extends Error {
  readonly status?: number;
  readonly serverMessage?: string;
  readonly timeoutMs?: number;
}

const refusalOf = async (work: Promise<unknown>): Promise<Refusal> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof Error) return error;
  throw new Error(`an Error must be thrown, got ${error}`);
};

const models = ["always-error", "cellpose-python", "cellpose-train", "id-fp32", "id-vector", "sleep"];

withTriton("errors", [...models, "stardist", "batched"], (triton) => {
  const call = (modelName: string, inputs: unknown[] | Record<string, unknown>, options = {}) =>
    execute({ inputs, serverUrl: triton.url, modelName, ...options });

  const inferences = async (modelName: string): Promise<unknown> => {
    const statistics = await new TritonClient({ serverUrl: triton.url }).getInferenceStatistics(modelName);
    return JSON.stringify(statistics).match(/"inference_stats":\{"success":\{"count":\d+/)?.[0];
  };

  test("execute() refuses a wrong dtype, rank, name or count of inputs and sends nothing", async () => {
    const image = zeros([4, 4], "uint16");
    const before = await inferences("stardist");
    const refusals = await Promise.all([
      refusalOf(call("stardist", [image.astype("float32"), {}])),
      refusalOf(call("stardist", [image.expandDims(0), {}])),
      refusalOf(call("stardist", { picture: image, param: {} })),
      refusalOf(call("stardist", [image])),
      refusalOf(call("stardist", [image, {}, {}])),
      refusalOf(call("stardist", [image, {}], { selectOutputs: ["masks"] })),
    ]);
    expect(refusals.map(({ name }) => name)).toEqual(refusals.map(() => "InputError"));
    const messages = refusals.map(({ message }) => message);
    expect(messages[0]).toMatch(/^Cannot execute stardist: input image must be uint16 .*got float32/);
    expect(messages[0]).toContain('astype("uint16")');
    expect(messages[1]).toContain("at(0)");
    expect(messages[2]).toContain("no input picture");
    expect(messages[3]).toContain("param is missing");
    expect(messages[4]).toContain("at most 2, got 3");
    expect(messages[5]).toContain("among mask, info, got masks");
    expect(before).toContain("count");
    expect(await inferences("stardist")).toBe(before);
  });

  test("execute() refuses an axis that the model fixes, and keeps to its batch size", async () => {
    expect((await refusalOf(call("batched", [zeros([1, 2], "float32")]))).name).toBe("InputError");
    const tooMany = await refusalOf(call("batched", [zeros([5, 3], "float32")]));
    expect(tooMany.message).toMatch(/batch/);
  });

  test("execute() gives the status and the words of a server whose model failed", async () => {
    const error = await refusalOf(call("always-error", [[1]]));
    expect(error).toMatchObject({ name: "HttpError", status: 500, modelName: "always-error" });
    expect(error.serverMessage).toContain("boom: model raised on purpose");
    expect(error.message).toMatch(/^Cannot execute always-error: http:\S+ answered 500: .*boom/s);
  });

  test("execute() gives the words of a model that refuses its parameters", async () => {
    const inputs = [zeros([1, 2, 2], "float32"), { fail: "no such diameter" }];
    const error = await refusalOf(call("cellpose-python", inputs, { requestId: "call-7" }));
    expect(error).toMatchObject({ name: "HttpError", status: 500 });
    expect(error.serverMessage).toContain("param asked to fail: no such diameter");
  });

  test("execute() lists the models that there are when one is unknown", async () => {
    const error = await refusalOf(call("stardst", [[1]]));
    expect(error).toMatchObject({ name: "HttpError", status: 404 });
    expect(error.message).toContain('"stardist"');
    expect(error.serverMessage).toContain("unknown model");
  });

  test("execute() and getConfig() fail for a version that there isn't", async () => {
    expect(await refusalOf(call("id-vector", [[1]], { modelVersion: 9 }))).toMatchObject({
      name: "HttpError",
    });
    const config = getConfig({ serverUrl: triton.url, modelName: "id-vector", modelVersion: 9 });
    expect(await refusalOf(config)).toMatchObject({ name: "HttpError" });
  });

  test("execute() passes on that a model of sequences needs a sequence", async () => {
    const image = zeros([1, 1, 1], "float32");
    const error = await refusalOf(call("cellpose-train", [image, image, {}]));
    expect(error).toMatchObject({ name: "HttpError", status: 400 });
    expect(error.serverMessage).toContain("correlation ID");
  });

  test("execute() ends with TimeoutError after timeoutMs, and the next call works", async () => {
    await call("sleep", [[0]]);
    const started = performance.now();
    const error = await refusalOf(call("sleep", [[1.5]], { timeoutMs: 300 }));
    expect(error).toMatchObject({ name: "TimeoutError", timeoutMs: 300 });
    expect(performance.now() - started).toBeLessThan(1200);
    const { slept } = await call("sleep", [[0.25]]);
    expect(slept.toArray()).toEqual([0.25]);
  });

  test("execute() ends with the signal's reason when it is aborted in mid-call", async () => {
    const controller = new AbortController();
    const reason = new Error("closed the notebook");
    const started = performance.now();
    const running = refusalOf(call("sleep", [[1.5]], { signal: controller.signal }));
    setTimeout(() => controller.abort(reason), 300);
    expect(await running).toBe(reason);
    expect(performance.now() - started).toBeLessThan(1200);
    const aborted = AbortSignal.abort(reason);
    expect(await refusalOf(call("id-vector", [[1]], { signal: aborted }))).toBe(reason);
  });

  test("execute() works on after errors, on the same connections", async () => {
    for (let round = 0; round < 20; round++) {
      await refusalOf(call("always-error", [[round]]));
      const { y } = await call("id-vector", [[round, -round]]);
      expect(y.toArray()).toEqual([round, -round]);
    }
  });
});

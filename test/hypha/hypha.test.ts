import { type ExecuteOnHyphaOptions, executeOnHypha, ModelError } from "@bioengine/hypha";
import { NdArray, ndarray, zeros } from "@bioengine/ndarray";
import { HttpError, TimeoutError, type TransferProgress } from "@bioengine/triton";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RealHypha, startHypha } from "./realhypha";

let hypha: RealHypha;
beforeAll(async () => {
  hypha = await startHypha();
});
afterAll(() => hypha?.stop());

const image = ndarray([
  [9, 9, 0, 0],
  [0, 0, 0, 9],
  [9, 0, 0, 9],
]);

const run = (options: Partial<ExecuteOnHyphaOptions> = {}) =>
  executeOnHypha({
    inputs: image,
    modelName: "identity",
    serverUrl: hypha.url,
    serviceId: `${hypha.workspace}/model-runner`,
    ...options,
  });

const bits = ({ data }: NdArray): string =>
  Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("hex");

const floats = [Number.NaN, -0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1.5];
const edges: NdArray[] = [
  ndarray([
    [true, false],
    [false, true],
  ]),
  ndarray(Uint8Array.of(0, 1, 254, 255), [2, 2]),
  ndarray(Uint16Array.of(0, 1, 256, 65535), [2, 2]),
  ndarray(Uint32Array.of(0, 1, 2 ** 31, 2 ** 32 - 1), [2, 2]),
  ndarray(BigUint64Array.of(0n, 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n), [2, 2]),
  ndarray(Int8Array.of(-128, -1, 0, 127), [2, 2]),
  ndarray(Int16Array.of(-32768, -1, 0, 32767), [2, 2]),
  ndarray(Int32Array.of(-(2 ** 31), -1, 0, 2 ** 31 - 1), [2, 2]),
  ndarray(BigInt64Array.of(-(2n ** 63n), -(2n ** 53n) - 1n, -1n, 2n ** 63n - 1n), [2, 2]),
  ndarray([...floats, 65504, 2 ** -24], [2, 4], { dtype: "float16" }),
  ndarray(Float32Array.of(...floats, 1e-45, 3.4028234663852886e38), [2, 4]),
  ndarray(Float64Array.of(...floats, Number.MIN_VALUE, Number.MAX_VALUE), [2, 4]),
];

test("executeOnHypha() gives what a model computed, its labels as such, and where it came from", async () => {
  const results = await run({ modelName: "threshold-and-label" });
  const { mask, area, foreground, __info__ } = results;
  expect([mask.dtype, mask.role]).toEqual(["uint16", "labels"]);
  expect(mask.toArray()).toEqual([
    [1, 1, 0, 0],
    [0, 0, 0, 2],
    [3, 0, 0, 2],
  ]);
  expect([area.dtype, area.shape, area.data[0]]).toEqual(["int32", [], 5]);
  expect([foreground.dtype, foreground.role]).toEqual(["bool", undefined]);
  expect(__info__).toEqual({
    serverUrl: hypha.url,
    modelName: "threshold-and-label",
    modelVersion: "",
    id: expect.stringMatching(/^ij-/),
    milliseconds: expect.any(Number),
    service: `${hypha.workspace}/model-runner`,
  });
});

for (const array of edges) {
  test(`executeOnHypha() sends and gets ${array.dtype} to the last bit, also of no elements`, async () => {
    const empty = zeros([0, 3], array.dtype);
    const { full, none } = await run({ inputs: { full: array, none: empty } });
    expect(full).toBeInstanceOf(NdArray);
    expect([full.dtype, full.shape, bits(full)]).toEqual([array.dtype, array.shape, bits(array)]);
    expect([none.dtype, none.shape]).toEqual([array.dtype, [0, 3]]);
  });
}

test("executeOnHypha() sends a transposed and cut view as the elements that it shows", async () => {
  const view = ndarray(
    Float32Array.from({ length: 24 }, (_, index) => index),
    [2, 3, 4],
  ).transpose([2, 0, 1]);
  const cut = view.slice([1, 4], [], [null, null, -1]);
  const { input } = await run({ inputs: [cut] });
  expect(input.toArray()).toEqual(cut.toArray());
});

test("executeOnHypha() takes inputs by name, of an object or a Map", async () => {
  const a = ndarray(Int32Array.of(1, 2, 3), [3]);
  const b = ndarray(Int32Array.of(10, 20, 30), [3]);
  for (const inputs of [{ a, b }, new Map(Object.entries({ a, b }))]) {
    const { sum } = await run({ inputs, modelName: "weighted-sum" });
    expect(sum.toArray()).toEqual([21, 42, 63]);
  }
});

test("executeOnHypha() hands URLs and parameters on, and gives URLs that the service gives", async () => {
  const url = "https://files.example/a.npy";
  const { text, shapes } = await run({ inputs: { url, image }, modelName: "describe" });
  expect([text, shapes.image]).toEqual([{ url }, [3, 4]]);
  const alone = await run({ inputs: url, modelName: "describe" });
  expect(alone.text).toEqual({ input: url });
  const parameters = { return_download_url: true, device: "cpu", sample_id: "s1", skip_cache: true };
  const { mask } = await run({ modelName: "threshold-and-label", parameters });
  expect(mask).toBe("https://files.example/mask.npy");
  const { arguments: got } = await hypha.ask("idle:model-runner", "report");
  expect(got).toMatchObject({ device: "cpu", sample_id: "s1", skip_cache: true, weights_format: null });
});

test("executeOnHypha() gives the selected outputs alone", async () => {
  const options = { modelName: "threshold-and-label", selectOutputs: ["area"] };
  expect(Object.keys(await run(options))).toEqual(["area", "__info__"]);
  await expect(run({ ...options, selectOutputs: ["masks"] })).rejects.toThrow(
    "Cannot execute threshold-and-label: selectOutputs must name outputs of the model, got masks; it has mask, area, foreground",
  );
});

test("executeOnHypha() asks the worker with the least load, and it alone knows the request", async () => {
  const results = await Promise.all([1, 2, 3, 4].map(() => run()));
  const reports = await Promise.all(
    ["busy", "idle", "middling"].map((name) => hypha.ask(`${name}:model-runner`, "report")),
  );
  const [busy, idle, middling] = reports.map(({ requests }) => requests);
  expect([busy, middling]).toEqual([[], []]);
  expect(idle).toEqual(expect.arrayContaining(results.map(({ __info__ }) => __info__.id)));
});

test("executeOnHypha() asks the worker that serviceId names", async () => {
  const { __info__ } = await run({ serviceId: `${hypha.workspace}/busy:model-runner` });
  expect((await hypha.ask("busy:model-runner", "report")).requests).toEqual([__info__.id]);
});

test("executeOnHypha() takes outputs that a service gives at once", async () => {
  const { input, __info__ } = await run({ modelName: "at-once" });
  expect(input.toArray()).toEqual(image.toArray());
  expect(__info__.id).toBeUndefined();
});

test("executeOnHypha() sends and gets 20 MB, and tells how far it is", async () => {
  const large = ndarray(
    Float64Array.from({ length: 2_500_000 }, (_, index) => Math.sin(index)),
    [1250, 2000],
  );
  const told: TransferProgress[] = [];
  const { input } = await run({ inputs: large, onProgress: (progress) => told.push(progress) });
  expect(
    Buffer.compare(
      Buffer.from(input.data.buffer, input.data.byteOffset, 20_000_000),
      Buffer.from(large.data.buffer),
    ),
  ).toBe(0);
  const phases = told.map(({ phase }) => phase);
  expect(phases.filter((phase, index) => phase !== phases[index - 1])).toEqual([
    "sending",
    "running",
    "receiving",
  ]);
  expect(told.at(-1)?.loaded).toBe(told.at(-1)?.total);
});

const cancelled = async () => (await hypha.ask("idle:model-runner", "report")).cancelled as string[];

test("executeOnHypha() has cancelled the request when an abort rejects it", async () => {
  const controller = new AbortController();
  const reason = new Error("changed my mind");
  const before = await cancelled();
  setTimeout(() => controller.abort(reason), 1000);
  await expect(run({ modelName: "slow", signal: controller.signal })).rejects.toBe(reason);
  expect(await cancelled()).toHaveLength(before.length + 1);
});

test("executeOnHypha() has cancelled the request when its time is up", async () => {
  const before = await cancelled();
  const error = await run({ modelName: "slow", timeoutMs: 1000 }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(TimeoutError);
  expect(error.message).toBe("Cannot execute slow: no answer within timeoutMs, 1000 ms");
  expect(await cancelled()).toHaveLength(before.length + 1);
});

test("executeOnHypha() sends nothing with a signal that is already aborted", async () => {
  const signal = AbortSignal.abort("no");
  await expect(run({ signal })).rejects.toBe("no");
});

test("executeOnHypha() says what went wrong in the model, and keeps the traceback", async () => {
  const error = await run({ modelName: "broken" }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(ModelError);
  expect(error.message).toBe(
    `Cannot execute broken: ValueError: tensor has 2 axes, the model takes bcyx (in ${hypha.workspace}/idle:model-runner; the traceback is the error's serverMessage)`,
  );
  expect(error.serverMessage).toContain('File "/app/model_inference.py", line 88');
  expect(error).toMatchObject({ modelName: "broken", requestId: expect.stringMatching(/^ij-/) });
});

/** What is thrown, with the names of the run replaced. */
async function refusal(
  options: Partial<ExecuteOnHyphaOptions>,
): Promise<{ error: HttpError; message: string }> {
  const error = await run(options).catch((thrown) => thrown);
  const message = error.message.replaceAll(hypha.workspace, "WS").replaceAll(hypha.url, "URL");
  return { error, message };
}

test("executeOnHypha() says that a model is unknown", async () => {
  const { error, message } = await refusal({ modelName: "afable-shark" });
  expect(error).toBeInstanceOf(ModelError);
  expect(message).toBe(
    `Cannot execute afable-shark: modelName must be a model that WS/idle:model-runner knows, got "afable-shark" (Model 'afable-shark' not found in the collection bioimage-io/bioimage.io)`,
  );
});

test("executeOnHypha() says that a service has cancelled a request by itself", async () => {
  const { message } = await refusal({ modelName: "cancels-itself" });
  expect(message).toContain("Cannot execute cancels-itself: request cancelled");
});

test("executeOnHypha() says what a service refuses at once", async () => {
  const { error, message } = await refusal({ modelName: "at-once-error" });
  expect(error).toMatchObject({ name: "HttpError", status: 400, modelName: "at-once-error" });
  expect(message).toBe(
    "Cannot execute at-once-error: WS/idle:model-runner answered 400: ValueError: inputs must resolve to numpy arrays",
  );
  const wrong = await refusal({ parameters: { wights_format: "onnx" } });
  expect(wrong.message).toContain("got an unexpected keyword argument 'wights_format'");
});

test("executeOnHypha() says which serviceId to give", async () => {
  for (const name of ["nope", "idle:nope"]) {
    const { error, message } = await refusal({ serviceId: `${hypha.workspace}/${name}` });
    expect(error).toBeInstanceOf(HttpError);
    expect(message).toBe(
      `Cannot execute identity: serviceId must be a service that runs, got "WS/${name}"; URL/WS/services/ lists those of WS`,
    );
  }
  const nowhere = await refusal({ serviceId: "nowhere/model-runner" });
  expect(nowhere.message).toBe(
    'Cannot execute identity: serviceId must start with a workspace of URL, got "nowhere/model-runner"; correct it, or pass token if the workspace is private',
  );
  const other = await refusal({ serviceId: `${hypha.workspace}/no-runner` });
  expect(other.message).toMatch(
    /serviceId must be a model-runner, got "WS\/\S+:no-runner", which has no function infer; give/,
  );
});

test("executeOnHypha() says that a protected service takes a token, and runs with one", async () => {
  const serviceId = `${hypha.workspace}/private-runner`;
  const { message } = await refusal({ serviceId });
  expect(message).toBe(
    "Cannot execute identity: token must be one that may use WS/private-runner, got none; pass token, as generate_token() of workspace WS gives it",
  );
  const wrong = await refusal({ serviceId, token: "abc" });
  expect(wrong.error.status).toBe(401);
  expect(wrong.message).toMatch(
    /^Cannot execute identity: token must be one that URL gave and that has not expired, got/,
  );
  const { input } = await run({ serviceId, token: hypha.token });
  expect(input.toArray()).toEqual(image.toArray());
});

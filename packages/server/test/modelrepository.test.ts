import { type NdArray, ndarray, zeros } from "@bioengine/ndarray";
import { execute, getConfig, TritonClient } from "@bioengine/triton";
import { beforeAll, expect, test } from "vitest";
import { ask, json } from "./client";
import { type Files, folderOf, write } from "./modelrepositoryfolder";
import { identity, onnxFile } from "./onnxfile";
import { build, main, start } from "./program";

beforeAll(build, 240_000);

const float = 1;
const plain = identity([{ name: "x", type: float, shape: ["n"] }]);
const io = (datatype: string, dims: string) =>
  ["input", "output"]
    .map((kind, index) => `${kind} { name: "${"xy"[index]}" data_type: TYPE_${datatype} dims: ${dims} }`)
    .join("\n");

/** The server of a folder. */
async function serve(files: Files): Promise<{ url: string; client: TritonClient; folder: string }> {
  const folder = folderOf(files);
  const { url } = await start("ipc", [main, "--port", "0", "--model-repository", folder]);
  return { url, client: new TritonClient({ serverUrl: url }), folder };
}

const errorOf = ({ body }: { body: Buffer }): string => JSON.parse(body.toString()).error;

const post = (url: string, body: unknown) => ask(url, { method: "POST", body: json(body) });

/** Of a network that takes batches, and of one whose only axis is no batch. */
const one = { name: "x", shape: [1, 1], datatype: "FP32", data: [1] };
const two = { ...one, shape: [1] };

test("startServer() serves an ONNX file with no config.pbtxt, beside its own models", async () => {
  const { client, url } = await serve({
    "any/1/model.onnx": identity([{ name: "x", type: float, shape: ["n", 3, "h", "w"] }]),
  });
  expect((await client.getModelRepositoryIndex()).map(({ name }) => name)).toEqual([
    "any",
    "cellpose-predict",
    "cellpose-python",
    "cellpose-train",
    "stardist",
    "stardist-predict",
    "stardist-train",
  ]);
  const config = await getConfig({ serverUrl: url, modelName: "any" });
  expect(config).toMatchObject({ platform: "onnxruntime_onnx", backend: "onnxruntime", max_batch_size: 4 });
  expect(config.input[0]).toMatchObject({ name: "x", data_type: "TYPE_FP32", dims: [3, -1, -1] });
  expect(await client.getModelMetadata("any")).toMatchObject({
    inputs: [{ name: "x", datatype: "FP32", shape: [-1, 3, -1, -1] }],
  });
  const image = ndarray(Float32Array.from({ length: 24 }, Math.sqrt), [2, 3, 2, 2]);
  const { y } = await execute({ serverUrl: url, modelName: "any", inputs: [image] });
  expect(y.toArray()).toEqual(image.toArray());
});

test("startServer() passes tensors of all types through an ONNX network", async () => {
  const types = {
    1: "float32",
    2: "uint8",
    3: "int8",
    4: "uint16",
    5: "int16",
    6: "int32",
    7: "int64",
  } as const;
  const more = { 9: "bool", 10: "float16", 11: "float64", 12: "uint32", 13: "uint64" } as const;
  const all = Object.entries({ ...types, ...more });
  const files = all.map(([type, dtype]) => [
    `id-${dtype}/1/model.onnx`,
    identity([{ name: "x", type: Number(type), shape: [2, "n"] }]),
  ]);
  const text = identity([{ name: "x", type: 8, shape: [3] }]);
  const { url } = await serve({ ...Object.fromEntries(files), "text/1/model.onnx": text });
  for (const [, dtype] of all) {
    const array = ndarray([0, 1, 1, 0], [2, 2]).astype(dtype);
    const { y } = await execute({ serverUrl: url, modelName: `id-${dtype}`, inputs: [array] });
    expect([y.dtype, y.toArray()]).toEqual([dtype, array.toArray()]);
  }
  const { y } = await execute({ serverUrl: url, modelName: "text", inputs: [["zelle", "細胞", ""]] });
  expect([...y].map((bytes) => new TextDecoder().decode(bytes))).toEqual(["zelle", "細胞", ""]);
});

test("startServer() adds the axis of the batch, and reshapes, as the configuration says", async () => {
  const config = `max_batch_size: 2
    input { name: "x" data_type: TYPE_FP32 dims: [ 2, -1 ] reshape { shape: [ 1, 2, -1 ] } }
    output { name: "y" data_type: TYPE_FP32 dims: [ -1, 1 ] reshape { shape: [ -1 ] } }`;
  const file = onnxFile({
    inputs: [{ name: "x", type: float, shape: ["n", 1, 2, "w"] }],
    outputs: [{ name: "y", type: float, shape: ["n", "m"] }],
    nodes: [{ type: "Flatten", inputs: ["x"], outputs: ["y"] }],
  });
  const { url } = await serve({ "flat/config.pbtxt": config, "flat/1/model.onnx": file });
  const call = { serverUrl: url, modelName: "flat" };
  const { y } = await execute({
    ...call,
    inputs: [ndarray(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), [2, 2, 2])],
  });
  expect(y.toArray()).toEqual([
    [[1], [2], [3], [4]],
    [[5], [6], [7], [8]],
  ]);
  await expect(execute({ ...call, inputs: [zeros([3, 2, 2], "float32")] })).rejects.toThrow(
    "inference request batch-size must be <= 2 for 'flat'",
  );
});

test("startServer() serves the versions of the policy at their own addresses", async () => {
  const scaled = (weights: number) =>
    onnxFile({
      inputs: [{ name: "x", type: float, shape: ["n"] }],
      outputs: [{ name: "y", type: float, shape: ["n"] }],
      nodes: Array.from({ length: weights }, (_, index) => ({
        type: "Add",
        inputs: [index === 0 ? "x" : `s${index}`, "w"],
        outputs: [index === weights - 1 ? "y" : `s${index + 1}`],
      })),
      weights: ["w"],
    });
  const versions = (name: string) => ({
    [`${name}/1/model.onnx`]: scaled(1),
    [`${name}/9/model.onnx`]: scaled(9),
    [`${name}/10/model.onnx`]: scaled(10),
  });
  const { url, client } = await serve({
    ...versions("latest"),
    ...versions("all"),
    "all/config.pbtxt": `${io("FP32", "-1")} version_policy { all { } }`,
    ...versions("some"),
    "some/config.pbtxt": `${io("FP32", "-1")} version_policy { specific { versions: [ 1, 9 ] } }`,
  });
  const added = async (modelName: string, modelVersion?: string) => {
    const inputs = [modelName === "latest" ? zeros([1, 1], "float32") : zeros([1], "float32")];
    return (await execute({ serverUrl: url, modelName, modelVersion, inputs })).y.data[0];
  };
  expect([await added("latest"), await added("all"), await added("some")]).toEqual([10, 10, 9]);
  expect([await added("all", "1"), await added("all", "9"), await added("some", "1")]).toEqual([1, 9, 1]);
  await expect(added("latest", "1")).rejects.toThrow("unknown model: 'latest' version 1 is not found");
  expect((await client.getModelMetadata("all")).versions).toEqual(["1", "9", "10"]);
  const index = await client.getModelRepositoryIndex();
  expect(index.filter(({ name }) => name === "some").map(({ version }) => version)).toEqual(["1", "9"]);
});

test("startServer() says what it can't load, and serves the others", async () => {
  const { url, client } = await serve({
    "good/1/model.onnx": plain,
    "no-onnx/1/model.onnx": "an image, say",
    "cut-off/1/model.onnx": plain.subarray(0, 40),
    "empty/config.pbtxt": io("FP32", "-1"),
    "no-file/1/other.onnx": plain,
    "type/config.pbtxt": io("INT32", "-1"),
    "type/1/model.onnx": plain,
    "shape/config.pbtxt": io("FP32", "[ 3, -1 ]"),
    "shape/1/model.onnx": identity([{ name: "x", type: float, shape: [4, "n"] }]),
    "name/config.pbtxt": 'input { name: "image" data_type: TYPE_FP32 dims: -1 }',
    "name/1/model.onnx": plain,
    "batch/config.pbtxt": `max_batch_size: 8 ${io("FP32", "-1")}`,
    "batch/1/model.onnx": plain,
    "backend/config.pbtxt": 'platform: "tensorflow_savedmodel"',
    "backend/1/model.onnx": plain,
    "broken/config.pbtxt": "input {",
    "node/1/model.onnx": onnxFile({
      inputs: [{ name: "x", type: float, shape: ["n"] }],
      outputs: [{ name: "y", type: float, shape: ["n"] }],
      nodes: [{ type: "Teleport", inputs: ["x"], outputs: ["y"] }],
    }),
  });
  const reasons: Record<string, RegExp> = {
    "no-onnx":
      /^1\/model.onnx: the file must be ONNX, got field type 4 at byte 25$|^1\/model.onnx: the file must /,
    "cut-off": /^1\/model.onnx: the file must be whole, got one that is cut off$/,
    empty: /^the folder must have a version that is to be served, such as 1\/model.onnx, got none$/,
    "no-file": /^1\/model.onnx: the file must be there, got none$/,
    type: /data_type of x must be the network's, TYPE_FP32, got TYPE_INT32$/,
    shape: /dims of x must be the network's, \[4, -1\], got \[3, -1\]$/,
    name: /the inputs must be all of the network's, x, got image$/,
    batch: /dims of x must be the network's, \[-1\], got \[-1, -1\] with the axis of max_batch_size$/,
    backend: /^config.pbtxt: platform must be onnxruntime_onnx, got tensorflow_savedmodel$/,
    broken: /^config.pbtxt, line 1: a field's name or } must stand here, got the end$/,
  };
  const entries = (await client.getModelRepositoryIndex()) as {
    name: string;
    state: string;
    reason?: string;
  }[];
  for (const [name, reason] of Object.entries(reasons)) {
    expect(entries.find((entry) => entry.name === name)).toMatchObject({
      state: "UNAVAILABLE",
      reason: expect.stringMatching(reason),
    });
    const { status, body } = await post(`${url}/v2/models/${name}/infer`, { inputs: [one] });
    expect([status, JSON.parse(body.toString()).error]).toEqual([
      404,
      expect.stringMatching(new RegExp(`^Request for unknown model: '${name}' has no available versions: `)),
    ]);
    expect(await client.isModelReady(name)).toBe(false);
  }
  expect((await post(`${url}/v2/models/good/infer`, { inputs: [one] })).status).toBe(200);
  expect(await client.isServerReady()).toBe(false);
  // What only ONNX Runtime finds shows with the first request.
  const { status, body } = await post(`${url}/v2/models/node/infer`, { inputs: [one] });
  expect([status, JSON.parse(body.toString()).error]).toEqual([500, expect.stringContaining("Teleport")]);
  const after = (await client.getModelRepositoryIndex()) as {
    name: string;
    state: string;
    reason?: string;
  }[];
  expect(after.find(({ name }) => name === "node")).toMatchObject({
    state: "UNAVAILABLE",
    reason: expect.stringContaining("Teleport"),
  });
});

test("startServer() loads new and changed models, and unloads them, when asked to", async () => {
  const { url, client, folder } = await serve({ "first/1/model.onnx": plain });
  let input = one;
  const infer = (name: string) => post(`${url}/v2/models/${name}/infer`, { inputs: [input] });
  expect((await infer("first")).status).toBe(200);
  write(folder, { "second/1/model.onnx": plain });
  expect(await client.getModelRepositoryIndex()).toContainEqual({ name: "second" });
  expect(errorOf(await infer("second"))).toBe("Request for unknown model: 'second' is not found");
  await client.loadModel("second");
  expect((await infer("second")).status).toBe(200);

  write(folder, { "first/2/model.onnx": plain, "first/config.pbtxt": io("FP32", "-1") });
  await client.loadModel("first");
  input = two;
  expect(JSON.parse((await infer("first")).body.toString())).toMatchObject({ model_version: "2" });

  write(folder, { "first/config.pbtxt": io("INT8", "-1") });
  const refused = await ask(`${url}/v2/repository/models/first/load`, { method: "POST" });
  expect([refused.status, errorOf(refused)]).toEqual([
    400,
    "load failed for model 'first': version 2 is at UNAVAILABLE state: 2/model.onnx: config.pbtxt: data_type of x must be the network's, TYPE_FP32, got TYPE_INT8;\n",
  ]);
  // What is in service stays.
  expect((await infer("first")).status).toBe(200);
  write(folder, { "first/config.pbtxt": "nonsense" });
  expect(errorOf(await ask(`${url}/v2/repository/models/first/load`, { method: "POST" }))).toBe(
    "failed to load 'first', failed to poll from model repository: config.pbtxt, line 1: : or { must stand here, got the end",
  );
  expect((await infer("first")).status).toBe(200);

  input = one;
  await client.unloadModel("second");
  expect([(await infer("second")).status, errorOf(await infer("second"))]).toEqual([
    404,
    "Request for unknown model: 'second' has no available versions",
  ]);
  await expect
    .poll(async () => (await client.getModelRepositoryIndex()).find(({ name }) => name === "second"))
    .toEqual({ name: "second", version: "1", state: "UNAVAILABLE", reason: "unloaded" });
  await client.loadModel("second");
  expect((await infer("second")).status).toBe(200);
});

test("startServer() answers what a model computes before it unloads it", async () => {
  const slow = onnxFile({
    inputs: [{ name: "x", type: float, shape: ["n", "n"] }],
    outputs: [{ name: "y", type: float, shape: ["n", "n"] }],
    nodes: [
      { type: "MatMul", inputs: ["x", "x"], outputs: ["a"] },
      { type: "MatMul", inputs: ["a", "a"], outputs: ["b"] },
      { type: "MatMul", inputs: ["b", "b"], outputs: ["y"] },
    ],
  });
  const config = `${io("FP32", "[ -1, -1 ]")}`;
  const { url, client } = await serve({ "slow/1/model.onnx": slow, "slow/config.pbtxt": config });
  await client.isModelReady("slow");
  const call = { serverUrl: url, modelName: "slow", inputs: [zeros([700, 700], "float32")] };
  const answers = [execute(call), execute(call)];
  const progress = async () => (await ask(`${url}/v2/models/slow/stats`)).body.toString();
  await expect.poll(progress).toContain('"inference_count":0');
  await new Promise((resolve) => setTimeout(resolve, 100));
  await client.unloadModel("slow");
  for (const { y } of (await Promise.all(answers)) as { y: NdArray }[]) expect(y.shape).toEqual([700, 700]);
  expect(await client.isModelReady("slow")).toBe(false);
});

test("startServer() takes no load and unload without a model repository", async () => {
  const { url } = await start("ipc");
  for (const verb of ["load", "unload"]) {
    const answer = await ask(`${url}/v2/repository/models/stardist/${verb}`, { method: "POST" });
    expect([answer.status, errorOf(answer)]).toEqual([
      503,
      "explicit model load / unload is not allowed if polling is enabled",
    ]);
  }
});

test("startServer() lets a model of the folder stand in for its own of that name", async () => {
  const { url, client } = await serve({ "stardist/1/model.onnx": plain });
  expect((await client.getModelMetadata("stardist")).inputs[0].name).toBe("x");
  expect((await post(`${url}/v2/models/stardist/infer`, { inputs: [one] })).status).toBe(200);
});

test("startServer() loads nothing from outside its folder", async () => {
  const { url, folder } = await serve({ "good/1/model.onnx": plain });
  write(folder, { "../outside/1/model.onnx": plain });
  for (const name of ["..%2Foutside", "..", "%2e%2e", "good%2F..%2Fgood"]) {
    const answer = await ask(`${url}/v2/repository/models/${name}/load`, { method: "POST" });
    expect(answer.status).toBeGreaterThanOrEqual(400);
  }
});

test("startServer() refuses a repository that is no folder", async () => {
  await expect(
    serve({ a: "b" }).then(() => start("ipc", [main, "--model-repository", "/nowhere"])),
  ).rejects.toThrow("ended with 1");
});

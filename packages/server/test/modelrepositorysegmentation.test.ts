import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { type NdArray, ndarray, zeros } from "@bioengine/ndarray";
import { execute, getConfig, TritonClient } from "@bioengine/triton";
import { beforeAll, expect, test } from "vitest";
import { ask } from "./client";
import { folderOf } from "./modelrepositoryfolder";
import { identity } from "./onnxfile";
import { build, main, start } from "./program";

beforeAll(build, 240_000);

const weights = (name: string) => readFileSync(join(__dirname, `../../engine/weights/${name}.onnx`));

const parameters = (values: Record<string, string | number>): string =>
  Object.entries(values)
    .map(([key, value]) => `parameters { key: "${key}" value { string_value: "${value}" } }\n`)
    .join("");

/** The engine's own networks, as a user would bring others. */
const files = {
  "mine/1/model.onnx": weights("cellpose"),
  "mine/config.pbtxt": parameters({ bioengine: "cellpose", diameter: 17, step: 16 }),
  "stars/1/model.onnx": weights("stardist"),
  "stars/config.pbtxt": parameters({ bioengine: "stardist", grid: 2, step: 16, prob_thresh: 0.5 }),
};

async function serve(extra = {}): Promise<{ url: string; client: TritonClient }> {
  const { url } = await start("ipc", [main, "--model-repository", folderOf({ ...files, ...extra })]);
  return { url, client: new TritonClient({ serverUrl: url }) };
}

/** Discs of radius 8 on a dark ground, 32 px apart. */
function discs(side: number): NdArray<"uint16"> {
  const data = new Uint16Array(side * side).fill(100);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const far = Math.hypot((y % 32) - 16, (x % 32) - 16);
      if (far <= 8) data[y * side + x] = 3000 - 100 * far;
    }
  }
  return ndarray(data, [side, side]);
}

test("startServer() gives a declared model the inputs, outputs and answers of its own model of that kind", async () => {
  const { url } = await serve();
  const image = discs(128);
  for (const [declared, own, input, param] of [
    ["mine", "cellpose-python", image.expandDims(0).astype("float32"), { diameter: 16 }],
    ["stars", "stardist", image, { prob_thresh: 0.5, nms_thresh: 0.4 }],
  ] as const) {
    const call = { serverUrl: url, inputs: [input, param], decodeJson: true };
    const [theirs, ours] = await Promise.all(
      [declared, own].map((modelName) => execute({ ...call, modelName })),
    );
    expect(ours.mask.max()).toBe(16);
    expect(theirs.mask.toArray()).toEqual(ours.mask.toArray());
    expect(theirs.info[0]).toMatchObject({ count: 16, model_type: declared });
    const [a, b] = await Promise.all(
      [declared, own].map((modelName) => getConfig({ serverUrl: url, modelName })),
    );
    expect([a.input, a.output]).toEqual([b.input, b.output]);
  }
  const config = (await getConfig({ serverUrl: url, modelName: "mine" })) as { parameters?: object };
  expect(config.parameters).toMatchObject({ bioengine: { string_value: "cellpose" } });
});

test("startServer() names a declared model in what it refuses", async () => {
  const { url } = await serve();
  const inputs = [zeros([1, 16, 16], "float32"), { diameters: 3 }];
  await expect(execute({ serverUrl: url, modelName: "mine", inputs })).rejects.toMatchObject({
    status: 400,
    serverMessage: expect.stringMatching(/^Cannot run mine: .*did you mean diameter\?$/),
  });
});

test("cellpose-python passes an image on to the model of the folder that model_type names", async () => {
  const { url, client } = await serve();
  const image = discs(96).expandDims(0).astype("float32");
  const call = { serverUrl: url, modelName: "cellpose-python", decodeJson: true };
  const { info } = await execute({ ...call, inputs: [image, { diameter: 16, model_type: "mine" }] });
  expect(info[0]).toMatchObject({ count: 9, diameter: 16, model_type: "mine" });
  for (const model_type of ["stars", "nobody"]) {
    await expect(execute({ ...call, inputs: [image, { model_type }] })).rejects.toThrow(
      `model_type must be among`,
    );
  }
  await expect(
    client.execute({ modelName: "mine", inputs: [image, { model_type: "mine" }] }),
  ).rejects.toThrow("got model_type");
});

test("startServer() tells how far a request is, by its id, while it runs", async () => {
  const { url } = await serve();
  const path = `${url}/v2/models/stardist/progress/slice%207`;
  const progress = async () => {
    const { status, body } = await ask(path);
    return { status, ...JSON.parse(body.toString()) };
  };
  expect(await progress()).toEqual({ status: 404, error: "no request 'slice 7' of model 'stardist' runs" });
  const inputs = [discs(1504), {}];
  let running = true;
  const answer = execute({ serverUrl: url, modelName: "stardist", inputs, requestId: "slice 7" }).finally(
    () => {
      running = false;
    },
  );
  const seen: number[] = [];
  while (running) {
    await setTimeout(5);
    const { status, done, total } = await progress();
    if (status !== 200) continue;
    expect(done).toBeLessThanOrEqual(total);
    if (total > 1 && seen.at(-1) !== done) seen.push(done);
  }
  await answer;
  expect(seen.length).toBeGreaterThan(2);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect((await progress()).status).toBe(404);
});

test("a thread stops between two tiles when nobody waits any more, and answers the next", async () => {
  const { url, client } = await serve();
  await client.isModelReady("stardist");
  const controller = new AbortController();
  const call = { serverUrl: url, modelName: "stardist", requestId: "big" };
  const far = async () => {
    const { status, body } = await ask(`${url}/v2/models/stardist/progress/big`);
    return status === 200 ? JSON.parse(body.toString()).done : -1;
  };
  const first = execute({ ...call, inputs: [discs(2048), {}], signal: controller.signal });
  first.catch(() => {});
  await expect.poll(far, { interval: 10, timeout: 30_000 }).toBeGreaterThan(0);
  const before = await far();
  controller.abort();
  await expect(first).rejects.toThrow();
  const { mask } = await execute({ ...call, requestId: "small", inputs: [discs(64), {}] });
  expect(mask.max()).toBe(4);
  const {
    model_stats: [stats],
  } = (await (await fetch(`${url}/v2/models/stardist/stats`)).json()) as {
    model_stats: [{ inference_stats: { fail: { count: number } } }];
  };
  expect([before > 0, stats.inference_stats.fail.count]).toEqual([true, 1]);
});

test("startServer() says what a declared model lacks", async () => {
  const flat = identity([{ name: "x", type: 1, shape: ["n"] }]);
  const { client } = await serve({
    "kind/config.pbtxt": parameters({ bioengine: "cellpose4" }),
    "kind/1/model.onnx": flat,
    "axes/config.pbtxt": parameters({ bioengine: "cellpose", diameter: 30 }),
    "axes/1/model.onnx": flat,
    "diameter/config.pbtxt": parameters({ bioengine: "cellpose", diameter: "big" }),
    "diameter/1/model.onnx": weights("cellpose"),
    "outputs/config.pbtxt": parameters({ bioengine: "stardist", grid: 2 }),
    "outputs/1/model.onnx": identity([{ name: "x", type: 1, shape: ["n", 1, "h", "w"] }]),
    "tensors/config.pbtxt": `max_batch_size: 2 ${parameters({ bioengine: "cellpose", diameter: 30 })}`,
    "tensors/1/model.onnx": weights("cellpose"),
  });
  const index = (await client.getModelRepositoryIndex()) as { name: string; reason?: string }[];
  const reasonOf = (model: string) => index.find(({ name }) => name === model)?.reason;
  expect(reasonOf("kind")).toContain("the parameter bioengine must be cellpose or stardist, got cellpose4");
  expect(reasonOf("axes")).toContain(
    "a cellpose network must have one input FP32 [n, 2, h, w], got FP32 [-1]",
  );
  expect(reasonOf("diameter")).toContain("the parameter diameter must be a number from 1 to 10000, got big");
  expect(reasonOf("outputs")).toContain("a stardist network must give probability, got y");
  expect(reasonOf("tensors")).toContain("input, output and max_batch_size must be left out, got some");
});

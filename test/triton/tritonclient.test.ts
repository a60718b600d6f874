import { execute, TritonClient, zeros } from "bioengine";
import { expect, test } from "vitest";
import { withTriton } from "./withtriton";

const one = { inputs: [[1]] };

withTriton("a server with its models loaded", ["versioned", "stardist", "batched", "classes"], (triton) => {
  const client = () => new TritonClient({ serverUrl: `${triton.url}/` });

  test("TritonClient tells what is live and ready", async () => {
    expect(await client().isServerLive()).toBe(true);
    expect(await client().isServerReady()).toBe(true);
    expect(await client().isModelReady("versioned")).toBe(true);
    expect(await client().isModelReady("versioned", { modelVersion: 2 })).toBe(true);
    expect(await client().isModelReady("versioned", { modelVersion: 3 })).toBe(false);
    expect(await client().isModelReady("nope")).toBe(false);
    const nobody = new TritonClient({ serverUrl: "http://127.0.0.1:9" });
    expect([await nobody.isServerLive(), await nobody.isModelReady("x")]).toEqual([false, false]);
  });

  test("TritonClient reads the metadata of the server and of a model", async () => {
    const server = await client().getServerMetadata();
    expect([server.name, server.version]).toEqual(["triton", "2.51.0"]);
    expect(server.extensions).toContain("binary_tensor_data");
    expect(await client().getModelMetadata("stardist")).toEqual({
      name: "stardist",
      versions: ["1"],
      platform: "python",
      inputs: [
        { name: "image", datatype: "UINT16", shape: [-1, -1] },
        { name: "param", datatype: "BYTES", shape: [1] },
      ],
      outputs: [
        { name: "mask", datatype: "UINT16", shape: [-1, -1] },
        { name: "info", datatype: "BYTES", shape: [1] },
      ],
    });
    expect((await client().getModelMetadata("versioned")).versions).toEqual(["1", "2"]);
    expect((await client().getModelMetadata("batched")).inputs[0]?.shape).toEqual([-1, 3]);
  });

  test("TritonClient reads a configuration and lists the models", async () => {
    const config = await client().getModelConfig("batched");
    expect([config.name, config.max_batch_size, config.input[0]?.dims]).toEqual(["batched", 4, [3]]);
    const index = await client().getModelRepositoryIndex();
    expect(index.map(({ name, version, state }) => `${name} ${version} ${state}`).sort()).toEqual([
      "batched 1 READY",
      "classes 1 READY",
      "stardist 1 READY",
      "versioned 1 READY",
      "versioned 2 READY",
    ]);
  });

  test("TritonClient counts a model's inferences", async () => {
    const count = async () => {
      const json = JSON.stringify(await client().getInferenceStatistics("stardist"));
      return Number(json.match(/"inference_count":(\d+)/)?.[1]);
    };
    const before = await count();
    await client().execute({ inputs: [zeros([2, 2], "uint16"), {}], modelName: "stardist" });
    // Triton counts once it has answered.
    await expect.poll(count).toBe(before + 1);
  });

  test("execute() runs the version in modelVersion, or else the newest", async () => {
    for (const [modelVersion, expected] of [
      [undefined, 2],
      [1, 1],
      ["2", 2],
    ] as const) {
      const results = await client().execute({ ...one, modelName: "versioned", modelVersion });
      expect(results.version.get(0)).toBe(expected);
      expect(results.__info__.modelVersion).toBe(String(expected));
    }
  });

  test("execute() sends a batch with its axis in front", async () => {
    const rows = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    const results = await client().execute({ inputs: [rows], modelName: "batched" });
    expect(results.y.toArray()).toEqual([
      [2, 4, 6],
      [8, 10, 12],
    ]);
    expect(results.rows.toArray()).toEqual([[2], [2]]);
  });

  test("TritonClient says that models are not loaded by hand on this server", async () => {
    await expect(client().loadModel("stardist")).rejects.toMatchObject({ name: "HttpError", status: 503 });
    await expect(client().unloadModel("stardist")).rejects.toMatchObject({ status: 503 });
  });
});

withTriton(
  "a server whose models are loaded by hand",
  ["versioned", "id-vector"],
  (triton) => {
    test("TritonClient loads and unloads a model", async () => {
      const client = new TritonClient({ serverUrl: triton.url });
      expect(await client.isServerReady()).toBe(true);
      expect(await client.isModelReady("id-vector")).toBe(false);
      expect(await client.getModelRepositoryIndex()).toContainEqual({ name: "id-vector" });
      await client.loadModel("id-vector");
      expect(await client.isModelReady("id-vector")).toBe(true);
      const { y } = await client.execute({ ...one, modelName: "id-vector" });
      expect(y.toArray()).toEqual([1]);
      await client.unloadModel("id-vector");
      await expect.poll(() => client.isModelReady("id-vector")).toBe(false);
      await expect(client.execute({ ...one, modelName: "id-vector" })).rejects.toMatchObject({
        name: "HttpError",
      });
      await client.loadModel("id-vector");
      const again = await execute({ ...one, serverUrl: triton.url, modelName: "id-vector" });
      expect(again.y.toArray()).toEqual([1]);
    });

    test("TritonClient says that there is no model to load", async () => {
      const client = new TritonClient({ serverUrl: triton.url });
      await expect(client.loadModel("nope")).rejects.toMatchObject({
        name: "HttpError",
        status: 500,
        serverMessage: expect.stringContaining("nope"),
      });
    });
  },
  ["--model-control-mode=explicit", "--load-model=versioned"],
);

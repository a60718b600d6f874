import { expect, test } from "vitest";
import { getConfig, tensorSpecs } from "../src/config";
import { configAnswer, configLine, replay } from "./replay";
import { transcript } from "./transcript";

test("getConfig() gives a real Triton's configuration as it is", async () => {
  const server = await replay({ [configLine("cellpose-python")]: "config" });
  const config = await getConfig({ serverUrl: server.url, modelName: "cellpose-python" });
  expect(config).toEqual(JSON.parse(transcript("config").response.body));
  expect(tensorSpecs(config, "input")).toEqual([
    { name: "image", datatype: "FP32", shape: [-1, -1, -1], optional: false },
    { name: "param", datatype: "BYTES", shape: [1], optional: true },
  ]);
});

test("getConfig() asks the server each time", async () => {
  const server = await replay({ [configLine("stardist")]: "config with version" });
  for (let i = 0; i < 2; i++) await getConfig({ serverUrl: server.url, modelName: "stardist" });
  expect(server.seen).toHaveLength(2);
});

test("tensorSpecs() puts the batch axis in front", async () => {
  const tensor = { name: "x", data_type: "TYPE_FP32", dims: [3] };
  const answer = configAnswer({ name: "m", max_batch_size: 4, input: [tensor], output: [tensor] });
  const server = await replay({ [configLine("m")]: answer });
  const config = await getConfig({ serverUrl: server.url, modelName: "m" });
  expect(tensorSpecs(config, "output")[0].shape).toEqual([-1, 3]);
});

test("getConfig() fails with what the server said, and with the names of options", async () => {
  const server = await replay({ [configLine("nope")]: "config of an unknown model" });
  await expect(getConfig({ serverUrl: server.url, modelName: "nope" })).rejects.toMatchObject({
    status: 404,
    message: `Cannot read the configuration of nope: ${server.url} answered 404: Request for unknown model: 'nope' is not found`,
  });
  await expect(getConfig({ serverUrl: server.url, model_name: "m" } as never)).rejects.toThrow(
    "got model_name; write { modelName: … }",
  );
  await expect(getConfig({ serverUrl: server.url, modelName: "../x" })).rejects.toThrow("404");
  expect(server.seen.at(-2)?.line).toBe("GET /v2/models/..%2Fx/config");
});

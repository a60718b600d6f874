import type { ServerResponse } from "node:http";
import { ndarray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { DecodeError } from "../src/error";
import { TritonClient } from "../src/tritonclient";
import { configLine, inferLine, replay, type Seen } from "./replay";
import { bytesOf, headerLength as lengthOf, transcript } from "./transcript";

const stardist = "/v2/models/stardist";

async function client() {
  const server = await replay({
    "GET /v2": "server metadata",
    "GET /v2/health/live": "live",
    "GET /v2/health/ready": "ready",
    [`GET ${stardist}/ready`]: "model ready",
    "GET /v2/models/nope/ready": "unknown model ready",
    [`GET ${stardist}/versions/1`]: "model metadata",
    [configLine("stardist")]: "config with version",
    [`GET ${stardist}/stats`]: "statistics before any request",
    "POST /v2/repository/index": "repository index",
    "POST /v2/repository/models/stardist/load": "load",
    "POST /v2/repository/models/stardist/unload": (response) => response.end(),
    [inferLine("stardist")]: "only mask",
  });
  return { server, client: new TritonClient({ serverUrl: `${server.url}/`, headers: { "X-Key": "k" } }) };
}

test("TritonClient reads what a real Triton says of itself and its models", async () => {
  const { client: triton, server } = await client();
  expect(await triton.isServerLive()).toBe(true);
  expect(await triton.isServerReady()).toBe(true);
  expect(await triton.isModelReady("stardist")).toBe(true);
  expect(await triton.isModelReady("nope")).toBe(false);
  expect(await triton.getServerMetadata()).toMatchObject({ name: "triton", version: "2.51.0" });
  const { inputs } = await triton.getModelMetadata("stardist", { modelVersion: 1 });
  expect(inputs[0]).toEqual({ name: "image", datatype: "FP32", shape: [-1, -1, -1] });
  expect((await triton.getModelConfig("stardist")).input.map(({ data_type }) => data_type)).toEqual([
    "TYPE_UINT16",
    "TYPE_STRING",
  ]);
  expect((await triton.getModelRepositoryIndex()).at(-1)).toEqual({
    name: "stardist",
    version: "1",
    state: "READY",
  });
  expect(await triton.getInferenceStatistics("stardist")).toHaveProperty("model_stats");
  expect(server.seen.every(({ headers }) => headers["x-key"] === "k")).toBe(true);
});

test("TritonClient loads and unloads models where the server allows it", async () => {
  const { client: triton } = await client();
  await expect(triton.loadModel("stardist")).rejects.toMatchObject({ status: 503, modelName: "stardist" });
  await expect(triton.unloadModel("stardist")).resolves.toBeUndefined();
});

test("TritonClient.execute() runs a model on its server", async () => {
  const { client: triton } = await client();
  const inputs = [ndarray(new Uint16Array(4), [2, 2]), {}];
  expect((await triton.execute({ modelName: "stardist", inputs })).mask.dtype).toBe("uint16");
});

test("TritonClient takes a server that is not there for neither live nor ready", async () => {
  const triton = new TritonClient({ serverUrl: "http://127.0.0.1:1" });
  expect(await triton.isServerLive()).toBe(false);
  expect(await triton.isModelReady("stardist")).toBe(false);
  await expect(triton.getServerMetadata()).rejects.toThrow("ECONNREFUSED");
});

test("TritonClient refuses what is no Triton server, and options that do not exist", async () => {
  const server = await replay({ "GET /v2": (response) => response.end('{"name":"other"}') });
  const triton = new TritonClient({ serverUrl: server.url });
  await expect(triton.getServerMetadata()).rejects.toThrow("must answer as a Triton server does");
  expect(() => new TritonClient({ server_url: server.url } as never)).toThrow(
    "got server_url; write { serverUrl: … }",
  );
  await expect(triton.getModelMetadata("stardist", { version: 1 } as object)).rejects.toThrow(
    "got version; write { modelVersion: … }",
  );
});

test("TritonClient sends what it is to change as a real Triton takes it", async () => {
  const bodies: unknown[] = [];
  const answer =
    (text: string) =>
    (response: ServerResponse, { body }: Seen) => {
      bodies.push(JSON.parse(body.toString() || "null"));
      response.end(text);
    };
  const server = await replay({
    "POST /v2/repository/models/m/load": answer(""),
    "POST /v2/repository/models/m/unload": answer(""),
    "GET /v2/logging": answer('{"log_info":true}'),
    "POST /v2/logging": answer('{"log_info":false}'),
    "GET /v2/trace/setting": answer('{"trace_level":["OFF"]}'),
    "POST /v2/models/m/trace/setting": answer('{"trace_level":["TIMESTAMPS"]}'),
    "GET /v2/models/stats": answer('{"model_stats":[]}'),
  });
  const triton = new TritonClient({ serverUrl: server.url });
  await triton.loadModel("m", {
    config: { backend: "python" },
    files: { "1/model.py": Uint8Array.of(1, 255) },
  });
  await triton.unloadModel("m", { unloadDependents: true });
  expect(await triton.getLogSettings()).toEqual({ log_info: true });
  expect(await triton.updateLogSettings({ log_info: false })).toEqual({ log_info: false });
  expect(await triton.getTraceSettings()).toEqual({ trace_level: ["OFF"] });
  expect(await triton.updateTraceSettings({ trace_level: ["TIMESTAMPS"] }, "m")).toHaveProperty(
    "trace_level",
  );
  expect(await triton.getInferenceStatistics()).toEqual({ model_stats: [] });
  expect(bodies).toEqual([
    { parameters: { config: '{"backend":"python"}', "file:1/model.py": "Af8=" } },
    { parameters: { unload_dependents: true } },
    null,
    { log_info: false },
    null,
    { trace_level: ["TIMESTAMPS"] },
    null,
  ]);
  await expect(triton.loadModel("m", { files: {} })).rejects.toThrow("files need the config");
});

test("TritonClient makes the body of a request and reads that of a response", async () => {
  const { server, client: triton } = await client();
  const inputs = [ndarray(Uint16Array.of(1, 2, 3, 4), [2, 2]), { a: 1 }];
  await triton.execute({ modelName: "stardist", inputs, requestId: "r" });
  const sent = server.seen.find(({ line }) => line === inferLine("stardist"));
  const { body, headerLength } = await triton.generateRequestBody({
    modelName: "stardist",
    inputs,
    requestId: "r",
  });
  expect(Buffer.from(body)).toEqual(sent?.body);
  expect(String(headerLength)).toBe(sent?.headers["inference-header-content-length"]);
  const recorded = transcript("only mask").response;
  const response = { body: bytesOf(recorded.body), headerLength: lengthOf(recorded.headers) };
  const { mask } = triton.parseResponseBody(response);
  expect(mask).toMatchObject({ dtype: "uint16", role: "labels" });
  expect(() => triton.parseResponseBody({ ...response, headerLength: 3 })).toThrow(DecodeError);
  await expect(triton.generateRequestBody({ modelName: "stardist", inputs: [1] })).rejects.toThrow(
    "input param is missing",
  );
});

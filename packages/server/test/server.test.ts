import { createConnection } from "node:net";
import { setTimeout } from "node:timers/promises";
import { execute, TritonClient } from "@bioengine/triton";
import { expect, test, vi } from "vitest";
import { startServer } from "../src/index";
import type { Model } from "../src/model";
import { ask, json, serve } from "./client";
import { recordedModels, slowModel } from "./recordedmodels";

const one = { name: "x", shape: [1, 1], datatype: "INT32", data: [1] };
const slowRequest = (id: string) =>
  json({ id, inputs: [{ name: "x", shape: [1], datatype: "FP32", data: [1] }] });
const errorOf = (body: Buffer): string => JSON.parse(body.toString()).error;

test("startServer() lets pages of any origin call, and read the header's length but not the encoding", async () => {
  const { url } = await serve(recordedModels);
  const preflight = await ask(`${url}/v2/models/stardist/infer`, {
    method: "OPTIONS",
    headers: {
      Origin: "http://localhost:8888",
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "content-type,inference-header-content-length",
    },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers).toMatchObject({
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET, POST, OPTIONS",
    "access-control-allow-headers": "content-type,inference-header-content-length",
  });
  for (const path of ["/v2", "/v2/models/nope"]) {
    const { headers } = await ask(url + path);
    expect(headers["access-control-allow-origin"]).toBe("*");
    expect(headers["access-control-expose-headers"]).toBe("Inference-Header-Content-Length");
  }
});

test("startServer() takes a body in chunks, and one that waits for a 100 Continue", async () => {
  const { url } = await serve(recordedModels);
  const body = json({ inputs: [one] });
  const chunked = await ask(`${url}/v2/models/id-int32/infer`, {
    method: "POST",
    body: [body.subarray(0, 20), body.subarray(20)],
  });
  expect(chunked.status).toBe(200);
  const expecting = await ask(`${url}/v2/models/id-int32/infer`, {
    method: "POST",
    headers: { Expect: "100-continue" },
    body,
  });
  expect(expecting.body).toEqual(chunked.body);
});

test("startServer() refuses a body that is too large, sent whole, in chunks or compressed", async () => {
  const { gzipSync } = await import("node:zlib");
  const { url } = await serve(recordedModels, { maxRequestBytes: 1000 });
  const large = new Uint8Array(300_000);
  for (const call of [
    { body: large },
    { body: [large, large, large] },
    { body: new Uint8Array(gzipSync(large)), headers: { "Content-Encoding": "gzip" } },
  ]) {
    const { status, body } = await ask(`${url}/v2/models/id-fp32/infer`, { method: "POST", ...call });
    expect([status, errorOf(body)]).toEqual([
      413,
      "the request must have at most 1000 bytes; send a part of the image",
    ]);
  }
  expect((await ask(`${url}/v2/health/live`)).status).toBe(200);
});

test("startServer() survives whatever is sent", async () => {
  const { url } = await serve(recordedModels);
  const port = Number(new URL(url).port);
  const infer = "POST /v2/models/id-int32/infer HTTP/1.1\r\nHost: a\r\n";
  const broken = [
    "\0\x01\x02\r\n\r\n",
    "GET / HTTP/9.9\r\n\r\n",
    `${infer}Content-Length: 1000\r\n\r\n{"inputs"`,
    `${infer}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
    `${infer}Content-Length: -1\r\n\r\n`,
    `${infer}Content-Length: 5\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08\0\0`,
    `${infer}Content-Length: 3\r\nInference-Header-Content-Length: 1e9\r\n\r\n{}\n`,
    "GET /v2/models/%ff%00/ready HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET //evil/../v2 HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET http://[bad/v2 HTTP/1.1\r\nHost: a\r\n\r\n",
  ];
  for (const text of broken) {
    const socket = createConnection(port, "127.0.0.1");
    socket.on("error", () => {});
    socket.end(Buffer.from(text, "latin1"));
    await new Promise((resolve) => socket.on("close", resolve).resume());
  }
  const nested = `{"inputs":${"[".repeat(200_000)}`;
  const huge = { inputs: [{ ...one, shape: [4294967296, 4294967296], data: [1] }] };
  const bodies = [
    Buffer.from(nested),
    json(huge),
    json({ inputs: [null] }),
    json(null),
    json([[]]),
    json({ inputs: [{ ...one, data: [null] }] }),
  ];
  for (const body of bodies) {
    const { status } = await ask(`${url}/v2/models/id-int32/infer`, {
      method: "POST",
      body: new Uint8Array(body),
    });
    expect(status).toBeGreaterThanOrEqual(400);
  }
  expect((await ask(`${url}/v2/health/live`)).status).toBe(200);
});

test("startServer() runs one request at a time for each model, in order", async () => {
  const slow = slowModel(20);
  const { url } = await serve([slow]);
  const ids = ["a", "b", "c"];
  for (const answer of await Promise.all(
    ids.map(async (id, index) => {
      await setTimeout(5 * index);
      return ask(`${url}/v2/models/slow/infer`, { method: "POST", body: slowRequest(id) });
    }),
  )) {
    expect(answer.status).toBe(200);
  }
  expect(slow.ran).toEqual(ids.flatMap((id) => [`start ${id}`, `end ${id}`]));
});

test("startServer() skips the requests of clients that have gone", async () => {
  const slow = slowModel(100);
  const { url } = await serve([slow]);
  const infer = (id: string, signal?: AbortSignal) =>
    ask(`${url}/v2/models/slow/infer`, { method: "POST", body: slowRequest(id), signal });
  const first = infer("a");
  await setTimeout(20);
  const controller = new AbortController();
  const second = infer("b", controller.signal);
  await setTimeout(20);
  const third = infer("c");
  controller.abort();
  await expect(second).rejects.toThrow();
  expect((await first).status).toBe(200);
  expect((await third).status).toBe(200);
  expect(slow.ran).toEqual(["start a", "end a", "start c", "end c"]);
});

test("startServer() counts inferences and their times", async () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => {});
  const { url } = await serve(recordedModels);
  const client = new TritonClient({ serverUrl: url });
  await ask(`${url}/v2/models/id-int32/infer`, { method: "POST", body: json({ inputs: [one] }) });
  const body = json({ inputs: [{ name: "x", shape: [1], datatype: "FP32", data: [1] }] });
  await ask(`${url}/v2/models/always-error/infer`, { method: "POST", body });
  const { model_stats: all } = (await (await fetch(`${url}/v2/models/stats`)).json()) as {
    model_stats: { name: string }[];
  };
  expect(all).toHaveLength(recordedModels.length);
  expect(await client.getInferenceStatistics("id-int32")).toMatchObject({
    model_stats: [
      {
        inference_count: 1,
        execution_count: 1,
        inference_stats: { success: { count: 1, ns: expect.any(Number) }, fail: { count: 0, ns: 0 } },
        batch_stats: [{ batch_size: 1, compute_infer: { count: 1 } }],
      },
    ],
  });
  expect(await client.getInferenceStatistics("always-error")).toMatchObject({
    model_stats: [{ inference_count: 0, execution_count: 1, inference_stats: { fail: { count: 1 } } }],
  });
  expect(logged.mock.calls).toEqual([[new Error("boom: model raised on purpose")]]);
  logged.mockRestore();
});

test("startServer() loads a model on first use, and is not ready while one can't be loaded", async () => {
  let loads = 0;
  let broken = true;
  const late: Model = {
    ...slowModel(0),
    name: "late",
    async load() {
      loads++;
      if (broken) throw new Error("weights/late.onnx is missing");
      return async () => [{ name: "y", datatype: "FP32", shape: [0], data: new Float32Array() }];
    },
  };
  const { url } = await serve([late]);
  const client = new TritonClient({ serverUrl: url });
  expect(loads).toBe(0);
  expect(await client.isModelReady("late")).toBe(false);
  expect(await client.isServerReady()).toBe(false);
  expect(await client.isServerLive()).toBe(true);
  expect(await client.getModelRepositoryIndex()).toEqual([
    { name: "late", version: "1", state: "UNAVAILABLE", reason: "weights/late.onnx is missing" },
  ]);
  const infer = () => ask(`${url}/v2/models/late/infer`, { method: "POST", body: slowRequest("a") });
  expect(errorOf((await infer()).body)).toBe("failed to load 'late', weights/late.onnx is missing");
  broken = false;
  const before = loads;
  expect((await infer()).status).toBe(200);
  expect((await infer()).status).toBe(200);
  expect(loads).toBe(before + 1);
  expect(await client.isServerReady()).toBe(true);
});

test("startServer() keeps connections", async () => {
  const { url } = await serve(recordedModels);
  const call = { serverUrl: url, modelName: "id-vector" };
  const { y } = await execute({ ...call, inputs: [Float32Array.of(1, 2)] });
  expect(y.toArray()).toEqual([1, 2]);
  await expect(execute({ ...call, inputs: [["x"]] })).rejects.toThrow("must be float32");
});

test("startServer() lets no more connections in once it is closed", async () => {
  const server = await serve([]);
  await server.close();
  await expect(ask(`${server.url}/v2`)).rejects.toThrow("ECONNREFUSED");
});

test("startServer() says what is wrong with the address", async () => {
  const { url } = await serve([]);
  const port = Number(new URL(url).port);
  await expect(startServer({ port })).rejects.toThrow(
    `Cannot serve at 127.0.0.1, port ${port}: the port is taken; port 0 takes a free one`,
  );
  await expect(startServer({ port: 70000 })).rejects.toThrow(
    "port must be a whole number from 0 to 65535, got 70000",
  );
});

test("startServer() gives a URL that can be opened, also if it listens on every network", async () => {
  const { url } = await serve(recordedModels, { host: "0.0.0.0" });
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await ask(`${url}/v2`)).status).toBe(200);
});

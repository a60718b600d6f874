import { ndarray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { ConnectionError, HttpError } from "../src/error";
import { execute } from "../src/execute";
import { SequenceExecutor } from "../src/sequenceexecutor";
import { TritonClient } from "../src/tritonclient";
import { configAnswer, configLine, echo, type Handler, inferLine, replay, type Seen } from "./replay";

const config = (model: object = {}) =>
  configAnswer({
    input: [{ name: "x", data_type: "TYPE_FP32", dims: [-1] }],
    output: [{ name: "x", data_type: "TYPE_FP32", dims: [-1] }],
    ...model,
  });

/** A server whose inferences fail some times before they echo. */
async function failing(times: number, fail: Handler, model: object = {}) {
  let left = times;
  return replay({
    [configLine("m")]: config(model),
    [inferLine("m")]: (response, request: Seen) =>
      left-- > 0 ? fail(response, request) : echo(response, request),
  });
}

const inputs = [ndarray([1, 2], undefined, { dtype: "float32" })];
const inferences = ({ seen }: { seen: Seen[] }) => seen.filter(({ line }) => line === inferLine("m")).length;

const busy: Handler = (response) => response.writeHead(503).end('{"error":"busy"}');
const reset: Handler = (response) => response.destroy();

test.each([
  ["answers 503", busy],
  ["resets the connection before an answer", reset],
])("execute() repeats a call if the server %s", async (_, fail) => {
  const server = await failing(2, fail);
  const { x } = await execute({ inputs, serverUrl: server.url, modelName: "m" });
  expect(x.toArray()).toEqual([1, 2]);
  expect(inferences(server)).toBe(3);
});

test("execute() gives up after as many retries as asked for", async () => {
  const server = await failing(9, busy);
  const call = { inputs, serverUrl: server.url, modelName: "m" };
  await expect(execute({ ...call, retries: 1 })).rejects.toMatchObject({
    status: 503,
    serverMessage: "busy",
  });
  expect(inferences(server)).toBe(2);
  await expect(execute({ ...call, retries: 0 })).rejects.toBeInstanceOf(HttpError);
  expect(inferences(server)).toBe(3);
  await expect(execute({ ...call, retries: -1 })).rejects.toThrow(
    "retries must be a whole number from 0 to 10",
  );
});

test("execute() waits as long as the server asks for", async () => {
  const server = await failing(1, (response) => response.writeHead(503, { "Retry-After": "1" }).end());
  const start = performance.now();
  await execute({ inputs, serverUrl: server.url, modelName: "m" });
  // Without that header it waits 250 ms at most.
  expect(performance.now() - start).toBeGreaterThan(950);
});

test("execute() does not repeat what the server refuses, or what broke off in the answer", async () => {
  const refused = await failing(1, (response) => response.writeHead(500).end('{"error":"no"}'));
  await expect(execute({ inputs, serverUrl: refused.url, modelName: "m" })).rejects.toThrow(
    "answered 500: no",
  );
  expect(inferences(refused)).toBe(1);
  const broken = await failing(1, (response) => {
    response.writeHead(200, { "Content-Length": 100 });
    response.write("{", () => response.destroy());
  });
  await expect(execute({ inputs, serverUrl: broken.url, modelName: "m" })).rejects.toBeInstanceOf(
    ConnectionError,
  );
  expect(inferences(broken)).toBe(1);
});

test.each([
  ["that has an id", {}, { sequenceId: 7, sequenceStart: true }],
  ["of a model that keeps sequences", { sequence_batching: {} }, {}],
])("execute() never repeats a step %s", async (_, model, flags) => {
  const server = await failing(1, reset, model);
  const call = { inputs, serverUrl: server.url, modelName: "m", retries: 5, ...flags };
  await expect(execute(call)).rejects.toBeInstanceOf(ConnectionError);
  expect(inferences(server)).toBe(1);
});

test("SequenceExecutor never repeats a step", async () => {
  const server = await failing(1, busy);
  const sequence = new SequenceExecutor({ serverUrl: server.url, modelName: "m", sequenceId: 7 });
  await expect(sequence.step(inputs)).rejects.toMatchObject({ status: 503 });
  expect(inferences(server)).toBe(1);
});

test("execute() stops waiting for the next try when it is aborted", async () => {
  const controller = new AbortController();
  const server = await failing(9, (response) => {
    response.writeHead(503, { "Retry-After": "10" }).end();
    setTimeout(() => controller.abort(new Error("enough")), 50);
  });
  const call = execute({ inputs, serverUrl: server.url, modelName: "m", signal: controller.signal });
  await expect(call).rejects.toThrow("enough");
  expect(inferences(server)).toBe(1);
});

test("TritonClient repeats what it reads, and nothing that changes the server", async () => {
  const server = await replay({ "GET /v2": busy, "POST /v2/repository/models/m/load": busy });
  const client = new TritonClient({ serverUrl: server.url, retries: 1 });
  await expect(client.getServerMetadata()).rejects.toMatchObject({ status: 503 });
  expect(server.seen).toHaveLength(2);
  await expect(client.loadModel("m")).rejects.toMatchObject({ status: 503 });
  expect(server.seen).toHaveLength(3);
});

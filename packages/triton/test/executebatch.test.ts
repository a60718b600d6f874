import { type NdArray, ndarray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { BatchError } from "../src/batcherror";
import { HttpError } from "../src/error";
import { type ExecuteBatchOptions, executeBatch } from "../src/executebatch";
import { configAnswer, configLine, echo, type Handler, inferLine, replay, type Seen } from "./replay";

const tensor = { name: "x", data_type: "TYPE_FP32", dims: [1] };
const echoes: Handler = echo;

async function server(infer: Handler = echoes) {
  let running = 0;
  let most = 0;
  const found = await replay({
    [configLine("m")]: configAnswer({ input: [tensor], output: [tensor] }),
    [inferLine("m")]: (response, request: Seen) => {
      most = Math.max(most, ++running);
      response.on("close", () => running--);
      setTimeout(() => infer(response, request), 20);
    },
  });
  return { ...found, most: () => most };
}

const batches = (count: number) =>
  Array.from({ length: count }, (_, index) => [ndarray([index], undefined, { dtype: "float32" })]);
const run = (options: Partial<ExecuteBatchOptions>) =>
  executeBatch({ batches: batches(7), serverUrl: "", modelName: "m", retries: 0, ...options });
const values = (results: readonly { x?: NdArray }[]) => results.map(({ x }) => x?.get(0));

test("executeBatch() gives the results in the order of the inputs, and groups of them as they come", async () => {
  const { url, most } = await server();
  const groups: [number, unknown[]][] = [];
  const results = await run({
    serverUrl: url,
    batchSize: 3,
    onBatchEnd: (start, group) => groups.push([start, values(group)]),
  });
  expect(values(results)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(groups).toEqual([
    [0, [0, 1, 2]],
    [3, [3, 4, 5]],
    [6, [6]],
  ]);
  expect(most()).toBe(3);
});

test("executeBatch() runs one call at once on each server, and says which server made what", async () => {
  const servers = await Promise.all([server(), server()]);
  const urls = servers.map(({ url }) => url);
  const results = await run({ serverUrl: urls });
  expect(values(results)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(servers.map(({ most }) => most())).toEqual([1, 1]);
  expect(new Set(results.map(({ __info__ }) => __info__.serverUrl))).toEqual(new Set(urls));
});

test("executeBatch() gives what a lost server had to the others", async () => {
  const good = await server();
  let left = 2;
  const bad = await server((response, request) =>
    left-- > 0 ? echoes(response, request) : response.destroy(),
  );
  const results = await run({ serverUrl: [bad.url, good.url, "http://127.0.0.1:1"], batchSize: 2 });
  expect(values(results)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  const made = results.filter(({ __info__ }) => __info__.serverUrl === bad.url);
  expect(made).toHaveLength(2);
});

test("executeBatch() takes a server that is silent for lost", async () => {
  const good = await server();
  const silent = await server(() => undefined);
  const results = await run({ serverUrl: [silent.url, good.url], timeoutMs: 300 });
  expect(values(results)).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test("executeBatch() keeps the results so far when no server is left", async () => {
  let left = 3;
  const bad = await server((response, request) =>
    left-- > 0 ? echoes(response, request) : response.writeHead(503).end('{"error":"gone"}'),
  );
  const error = await run({ serverUrl: [bad.url] }).catch((error: unknown) => error);
  if (!(error instanceof BatchError)) throw error;
  expect(error.message).toContain("answered 503: gone (batches[3] of 7; done so far: 3");
  expect(error.cause).toBeInstanceOf(HttpError);
  expect([error.index, values(error.results.map((result) => result ?? {}))]).toEqual([3, [0, 1, 2]]);
});

test("executeBatch() ends with the first input that a model refuses, and runs nothing more", async () => {
  const { url, seen } = await server();
  const inputs = [...batches(2), ["text"], ...batches(4)];
  await expect(run({ serverUrl: url, batches: inputs, batchSize: 2 })).rejects.toThrow(
    /input x must be float32 .*batches\[2\] of 7/,
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
  // The two before it, and one that was on its way.
  expect(seen.filter(({ line }) => line === inferLine("m")).length).toBeLessThanOrEqual(3);
});

test("executeBatch() ends when it is aborted", async () => {
  const controller = new AbortController();
  const { url } = await server(() => controller.abort(new Error("stop")));
  await expect(run({ serverUrl: url, signal: controller.signal })).rejects.toThrow("stop");
  await expect(run({ serverUrl: url, signal: controller.signal })).rejects.toThrow("stop");
});

test("executeBatch() refuses what is no batch", async () => {
  expect(await run({ serverUrl: "http://127.0.0.1:1", batches: [] })).toEqual([]);
  await expect(run({ serverUrl: [] })).rejects.toThrow("serverUrl must have at least one URL, got []");
  await expect(run({ serverUrl: "http://h", batchSize: 0 })).rejects.toThrow(
    "batchSize must be a whole number",
  );
  await expect(run({ serverUrl: "http://h", batches: 3 as never })).rejects.toThrow("write batches: [[image");
  await expect(run({ serverUrl: "http://h", inputs: [] } as never)).rejects.toThrow("write batches: [[image");
  await expect(run({ serverUrl: "http://h", onProgress: () => undefined } as never)).rejects.toThrow(
    ", got onProgress",
  );
});

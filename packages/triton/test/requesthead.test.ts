import { ndarray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import type { CallOptions } from "../src/calloptions";
import { execute } from "../src/execute";
import { TritonClient } from "../src/tritonclient";
import { configAnswer, echo, replay } from "./replay";

const tensor = { name: "x", data_type: "TYPE_FP32", dims: [-1] };
const server = () =>
  replay({
    "GET /v2/models/m/config?key=a+b": configAnswer({ input: [tensor], output: [tensor] }),
    "POST /v2/models/m/infer?key=a+b": echo,
    "GET /v2": "server metadata",
  });
const inputs = [ndarray([1], undefined, { dtype: "float32" })];

test("execute() sends the token, the headers and the query with each request", async () => {
  const { url, seen } = await server();
  let count = 0;
  await execute({
    inputs,
    serverUrl: url,
    modelName: "m",
    token: "secret",
    headers: async () => ({ "X-Count": String(++count) }),
    query: { key: "a b" },
  });
  expect(seen.map(({ headers }) => [headers.authorization, headers["x-count"]])).toEqual([
    ["Bearer secret", "1"],
    ["Bearer secret", "2"],
  ]);
});

test("TritonClient sends its token with each request", async () => {
  const { url, seen } = await server();
  await new TritonClient({ serverUrl: url, token: "secret" }).getServerMetadata();
  expect(seen[0].headers.authorization).toBe("Bearer secret");
});

test.each<[string, CallOptions, string]>([
  ["an empty token", { token: "" }, "token must be a text without spaces, such as process.env.TOKEN"],
  ["a file's name for a certificate", { tls: { ca: "ca.pem" } }, 'write ca: readFileSync("ca.pem", "utf8")'],
  ["text for headers", { headers: (() => "Bearer") as never }, "headers must be an object"],
])("execute() refuses %s", async (_, options, message) => {
  const { url } = await server();
  const call = { inputs, serverUrl: url, modelName: "m", query: { key: "a b" } };
  await expect(execute({ ...call, ...options })).rejects.toThrow(message);
});

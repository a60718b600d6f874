import { ndarray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { execute } from "../src/execute";
import { modelName, run } from "./cellpose";
import { configAnswer, configLine, echo, inferLine, replay } from "./replay";
import { transcript } from "./transcript";

test("execute() reads the configuration once, and again after an error", async () => {
  let fail = false;
  const server = await replay({
    [configLine(modelName)]: "config",
    [inferLine(modelName)](response) {
      const { body, headers } = transcript("only mask").response;
      if (fail) response.writeHead(500).end('{"error":"out of memory"}');
      else response.writeHead(200, headers).end(Buffer.from(body, "latin1"));
    },
  });
  const configs = () => server.seen.filter(({ line }) => line.startsWith("GET")).length;
  await run(server);
  await run(server);
  expect(configs()).toBe(1);
  fail = true;
  await expect(run(server)).rejects.toThrow("out of memory");
  fail = false;
  await run(server);
  expect(configs()).toBe(2);
});

test("execute() refuses inputs only with the configuration of now", async () => {
  const tensor = (data_type: string) => ({
    input: [{ name: "x", data_type, dims: [1] }],
    output: [{ name: "x", data_type, dims: [1] }],
  });
  let type = "TYPE_FP32";
  const server = await replay({
    [configLine("m")]: (response) => response.end(JSON.stringify(tensor(type))),
    [inferLine("m")]: echo,
  });
  const call = { serverUrl: server.url, modelName: "m" };
  await execute({ ...call, inputs: [Float32Array.of(1)] });
  type = "TYPE_UINT8";
  expect((await execute({ ...call, inputs: [Uint8Array.of(1)] })).x.dtype).toBe("uint8");
  await expect(execute({ ...call, inputs: [Float32Array.of(1)] })).rejects.toThrow("must be uint8");
});

test("execute() sends again with the configuration of now if the server refuses that of before", async () => {
  const axes = (dims: number[]) => ({
    input: [{ name: "x", data_type: "TYPE_FP32", dims }],
    output: [{ name: "x", data_type: "TYPE_FP32", dims }],
  });
  let dims = [-1];
  const server = await replay({
    [configLine("m")]: (response) => response.end(JSON.stringify(axes(dims))),
    [inferLine("m")](response, request) {
      if (request.body.includes(`"shape":[${Array(dims.length).fill(1)}]`)) echo(response, request);
      else response.writeHead(400).end('{"error":"unexpected shape for input x"}');
    },
  });
  const call = { serverUrl: server.url, modelName: "m" };
  const vector = ndarray([1], undefined, { dtype: "float32" });
  await execute({ ...call, inputs: [vector] });
  dims = [-1, -1];
  await expect(execute({ ...call, inputs: [vector] })).rejects.toThrow("write x.expandDims(0)");
  expect((await execute({ ...call, inputs: [vector.expandDims(0)] })).x.shape).toEqual([1, 1]);
  dims = [-1];
  // Numbers take the shape of what they are in; a typed array takes the model's.
  expect((await execute({ ...call, inputs: [Float32Array.of(1)] })).x.shape).toEqual([1]);
});

test("execute() says that a model is gone, and what is there instead", async () => {
  let gone = false;
  const server = await replay({
    [configLine("m")]: (response, request) =>
      gone
        ? response.writeHead(404).end('{"error":"unknown model m"}')
        : configAnswer({ input: [], output: [] })(response, request),
    [inferLine("m")]: (response) =>
      gone
        ? response.writeHead(400).end('{"error":"m is not ready"}')
        : response.end('{"model_name":"m","outputs":[]}'),
    "POST /v2/repository/index": "repository index",
  });
  await execute({ inputs: [], serverUrl: server.url, modelName: "m" });
  gone = true;
  await expect(execute({ inputs: [], serverUrl: server.url, modelName: "m" })).rejects.toThrow(
    /answered 404: unknown model m; it serves .*"stardist"/,
  );
});

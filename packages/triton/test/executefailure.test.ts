import { zeros } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { ConnectionError, DecodeError, HttpError, TimeoutError } from "../src/error";
import { type ExecuteOptions, execute } from "../src/execute";
import { cellpose, image, modelName, run } from "./cellpose";
import { configAnswer, configLine, echo, inferLine, replay } from "./replay";

test("execute() refuses an output of a billion empty arrays", async () => {
  const tensor = { name: "x", data_type: "TYPE_STRING", dims: [-1, -1] };
  let shape = [3, 0];
  const server = await replay({
    [configLine("m")]: configAnswer({ input: [], output: [tensor] }),
    [inferLine("m")]: (response) =>
      response.end(
        JSON.stringify({ model_name: "m", outputs: [{ name: "x", datatype: "BYTES", shape, data: [] }] }),
      ),
  });
  const call = { inputs: [], serverUrl: server.url, modelName: "m" };
  expect((await execute(call)).x).toEqual([[], [], []]);
  shape = [1e9, 0];
  await expect(execute(call)).rejects.toBeInstanceOf(DecodeError);
});

test("execute() fails with the server's status and message", async () => {
  const server = await cellpose("model returns an error");
  const error = await run(server, { requestId: "r7" }).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(HttpError);
  expect(error).toMatchObject({
    requestId: "r7",
    message: `Cannot execute ${modelName}: ${server.url} answered 500: param asked to fail: x`,
    status: 500,
    url: `${server.url}/v2/models/${modelName}/infer`,
    modelName,
    serverMessage: "param asked to fail: x",
  });
});

test("execute() lists the server's models if it has not the one asked for", async () => {
  const server = await replay({
    [configLine("cellpose")]: "config of an unknown model",
    "POST /v2/repository/index": "repository index",
  });
  await expect(run(server, { modelName: "cellpose" })).rejects.toThrow(
    /is not found; it serves .*cellpose-python/,
  );
});

test("execute() says what to do if there is no server", async () => {
  const server = await replay({});
  const { port } = new URL(server.url);
  const closed = `http://127.0.0.1:${Number(port) === 1 ? 2 : 1}`;
  const error = await run(server, { serverUrl: closed }).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({
    serverUrl: closed,
    message: expect.stringMatching(/ECONNREFUSED.*npx bioengine serve/),
  });
});

test("execute() says that the server went away in the middle of the answer", async () => {
  const server = await replay({
    [configLine(modelName)]: "config",
    [inferLine(modelName)](response) {
      response.writeHead(200, { "Content-Length": 1000 });
      response.write("{", () => response.destroy());
    },
  });
  await expect(run(server)).rejects.toThrow(/closed the connection .*in the middle of its answer/);
});

test("execute() says that a server is no Triton server", async () => {
  const page = await replay({
    [configLine(modelName)]: (response) => response.end("<html><title>JupyterLab</title></html>"),
  });
  await expect(run(page)).rejects.toThrow(/must answer as a Triton server does, got <html><title>JupyterLab/);
  const other = await replay({ [configLine(modelName)]: (response) => response.end("{}") });
  await expect(run(other)).rejects.toThrow(DecodeError);
  const moved = await replay({
    [configLine(modelName)]: (response) =>
      response.writeHead(307, { Location: "https://example.org/v2" }).end(),
  });
  await expect(run(moved)).rejects.toThrow(
    "it redirects to https://example.org/v2: give that server as serverUrl",
  );
});

test("execute() ends when timeoutMs is up", async () => {
  const server = await replay({ [configLine(modelName)]: "config", [inferLine(modelName)]: () => {} });
  const error = await run(server, { timeoutMs: 60 }).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(TimeoutError);
  expect(error).toMatchObject({
    timeoutMs: 60,
    message: expect.stringContaining("no answer within timeoutMs, 60 ms"),
  });
});

test("execute() closes the connection and rejects with the reason when it is aborted", async () => {
  let gone: (value: string) => void;
  const closed = new Promise<string>((resolve) => {
    gone = resolve;
  });
  const controller = new AbortController();
  const server = await replay({
    [configLine(modelName)]: "config",
    [inferLine(modelName)](response) {
      response.on("close", () => gone("closed"));
      controller.abort(new Error("the cell was interrupted"));
    },
  });
  await expect(run(server, { signal: controller.signal })).rejects.toThrow("the cell was interrupted");
  expect(await closed).toBe("closed");
  await expect(run(server, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: "AbortError" });
});

test("execute() rejects with what onProgress throws, whenever it does", async () => {
  const image = zeros([1, 1500, 1500], "float32");
  const tensor = { name: "x", data_type: "TYPE_FP32", dims: [-1, -1, -1] };
  const server = await replay({
    [configLine("m")]: configAnswer({ input: [tensor], output: [tensor] }),
    [inferLine("m")]: echo,
  });
  const times = { sending: 3, running: 1, receiving: 3 };
  for (const [phase, time] of Object.entries(times)) {
    let left = time;
    const onProgress = (progress: { phase: string }) => {
      if (progress.phase === phase && --left === 0) throw new Error(`no bar for ${phase}`);
    };
    const call = { inputs: [image], serverUrl: server.url, modelName: "m", onProgress };
    await expect(execute(call)).rejects.toThrow(`no bar for ${phase}`);
  }
});

test("execute() refuses options that do not exist or fit, and names the right ones", async () => {
  const call = { inputs: [image], serverUrl: "http://127.0.0.1:8000", modelName };
  const refused = (changed: object) => expect(execute({ ...call, ...changed } as ExecuteOptions)).rejects;
  await refused({ serverUrl: undefined, server_url: "x" }).toThrow("got server_url; write { serverUrl: … }");
  await refused({ decode_json: true }).toThrow("write { decodeJson: … }");
  await refused({ colour: "red" }).toThrow("options must be among inputs, serverUrl");
  await refused({ timeout: 3 }).toThrow("write { timeoutMs: … }");
  await refused({ modleVersoin: "1" }).toThrow("write { modelVersion: … }");
  await refused({ compression_algorithm: "gzip" }).toThrow("write { compression: … }");
  await refused({ compression: "br" }).toThrow('compression must be "gzip" or "deflate", got br');
  await refused({ serialization: "json" }).toThrow('serialization must be "triton" or "imjoy", got json');
  await refused({ modelName: "" }).toThrow("modelName must be a model's name");
  await refused({ serverUrl: undefined }).toThrow(
    'serverUrl must be a server\'s URL such as "http://127.0.0.1:8000"',
  );
  await refused({ serverUrl: "127.0.0.1:8000" }).toThrow('write serverUrl: "http://127.0.0.1:8000"');
  await refused({ timeoutMs: 0 }).toThrow("timeoutMs must be 1 to 2147483647, got 0");
  await refused({ sequenceId: 0 }).toThrow("sequenceId must be a whole number from 1 or a text, got 0");
  await refused({ sequenceStart: true }).toThrow("need a sequenceId");
  const server = await cellpose();
  await expect(run(server, { selectOutputs: ["masks"] })).rejects.toThrow(
    "must be among mask, info, got masks",
  );
  await expect(run(server, { selectOutputs: [] })).rejects.toThrow("must be an array of some of mask, info");
});

import { NdArray, ndarray, zeros } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { ConnectionError, DecodeError, HttpError, TimeoutError } from "../src/error";
import { type ExecuteOptions, execute } from "../src/execute";
import { configAnswer, configLine, echo, inferLine, type Replay, replay } from "./replay";
import { transcript } from "./transcript";

const image = ndarray(
  [
    [
      [0, 1, 1],
      [0, 0, 0],
      [1, 0, 1],
    ],
  ],
  undefined,
  { dtype: "float32" },
);
const modelName = "cellpose-python";

const cellpose = (answer = "binary in and out") =>
  replay({ [configLine(modelName)]: "config", [inferLine(modelName)]: answer });

const run = (server: Replay, options: Partial<ExecuteOptions> = {}) =>
  execute({ inputs: [image, { diameter: 30 }], serverUrl: server.url, modelName, ...options });

test("execute() gives a real Triton's outputs", async () => {
  const server = await cellpose();
  const { mask, info, __info__ } = await run(server, { requestId: "r1", decodeJson: true });
  expect(mask).toBeInstanceOf(NdArray);
  expect([mask.dtype, mask.role]).toEqual(["uint16", "labels"]);
  expect(mask.toArray()).toEqual([
    [
      [0, 1, 2],
      [0, 0, 0],
      [3, 0, 4],
    ],
  ]);
  expect(info).toEqual([{ n: 4, param: { diameter: 30 }, request_id: "r1" }]);
  expect(__info__).toEqual({
    serverUrl: server.url,
    modelName,
    modelVersion: "1",
    id: "r1",
    milliseconds: expect.any(Number),
  });
});

test("execute() sends the bytes that a real Triton was sent", async () => {
  const server = await cellpose();
  await run(server, { requestId: "r1" });
  const { headers, body } = server.seen[1];
  const recorded = Buffer.from(transcript("binary in and out").request.body, "latin1");
  const length = Number(headers["inference-header-content-length"]);
  // JSON of JavaScript has no space after a colon, so that the parameters are a byte shorter than Python's.
  expect(body.subarray(length, length + 36)).toEqual(recorded.subarray(-56, -20));
  expect(body.subarray(length + 36).toString()).toBe('\x0f\0\0\0{"diameter":30}');
  const sent = JSON.parse(body.subarray(0, length).toString());
  const expected = JSON.parse(recorded.subarray(0, -56).toString());
  expected.inputs[1].parameters.binary_data_size = 19;
  expect(sent).toEqual(expected);
  expect(headers["content-length"]).toBe(String(body.length));
  expect(headers["transfer-encoding"]).toBeUndefined();
  expect(headers["accept-encoding"]).toBe("identity");
});

test("execute() asks for the selected outputs alone", async () => {
  const server = await cellpose("only mask");
  const results = await run(server, { selectOutputs: ["mask"] });
  expect(Object.keys(results)).toEqual(["mask", "__info__"]);
  const { headers, body } = server.seen[1];
  const { outputs } = JSON.parse(
    body.subarray(0, Number(headers["inference-header-content-length"])).toString(),
  );
  expect(outputs).toEqual([{ name: "mask", parameters: { binary_data: true } }]);
});

test("execute() leaves out an optional input", async () => {
  const server = await cellpose("optional input left out");
  for (const inputs of [[image], [image, undefined], { image }]) {
    const { info } = await run(server, { inputs, decodeJson: true });
    expect(info[0].param).toEqual({});
  }
});

test("execute() gives text as bytes, strings or values", async () => {
  const server = await cellpose();
  const text = '{"n": 4, "param": {"diameter": 30}, "request_id": "r1"}';
  expect((await run(server)).info).toEqual([new Uint8Array(Buffer.from(text))]);
  expect((await run(server, { decodeBytes: true })).info).toEqual([text]);
  expect((await run(server, { decodeJson: true })).info).toEqual([JSON.parse(text)]);
});

test("execute() keeps text that is no JSON, and bytes that are no UTF-8", async () => {
  const server = await replay({
    [configLine("m")]: configAnswer({
      input: [{ name: "s", data_type: "TYPE_STRING", dims: [-1, -1] }],
      output: [{ name: "s", data_type: "TYPE_STRING", dims: [-1, -1] }],
    }),
    [inferLine("m")]: echo,
  });
  const inputs = [
    [
      ["[NaN]", "é"],
      [Uint8Array.of(0, 255, 0), ""],
    ],
  ];
  const call = { serverUrl: server.url, modelName: "m", inputs };
  expect((await execute({ ...call, decodeJson: true })).s).toEqual([
    [[Number.NaN], "é"],
    [Uint8Array.of(0, 255, 0), ""],
  ]);
  expect((await execute({ ...call, decodeBytes: true })).s[1]).toEqual([Uint8Array.of(0, 255, 0), ""]);
  expect((await execute(call)).s[1]).toEqual([Uint8Array.of(0, 255, 0), new Uint8Array()]);
});

const datatypes = [
  "BOOL",
  "UINT8",
  "UINT16",
  "UINT32",
  "UINT64",
  "INT8",
  "INT16",
  "INT32",
  "INT64",
  "FP16",
  "BF16",
  "FP32",
  "FP64",
];

test.each(datatypes)("execute() sends and receives %s", async (datatype) => {
  const tensor = { name: "x", data_type: `TYPE_${datatype}`, dims: [-1, 2] };
  const server = await replay({
    [configLine("m")]: configAnswer({ input: [tensor], output: [tensor] }),
    [inferLine("m")]: echo,
  });
  const call = { serverUrl: server.url, modelName: "m" };
  const { x } = await execute({
    ...call,
    inputs: [
      [
        [1, 0],
        [0, 1],
      ],
    ],
  });
  expect(x.astype("float64").toArray()).toEqual([
    [1, 0],
    [0, 1],
  ]);
  const again = await execute({ ...call, inputs: [x.transpose().slice(null, [0, 1]).reshape([1, 2])] });
  expect(again.x.toArray()).toEqual(x.at(0).expandDims(0).toArray());
  const none = await execute({ ...call, inputs: [x.slice([0, 0])] });
  expect([none.x.dtype, none.x.shape]).toEqual([x.dtype, [0, 2]]);
});

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

test("execute() takes and gives integers beyond 2^53 exactly", async () => {
  const tensor = { name: "x", data_type: "TYPE_INT64", dims: [-1] };
  const server = await replay({
    [configLine("m")]: configAnswer({ input: [tensor], output: [tensor] }),
    [inferLine("m")]: echo,
  });
  const data = BigInt64Array.of(9007199254740993n, -9223372036854775808n);
  const { x } = await execute({ serverUrl: server.url, modelName: "m", inputs: [data] });
  expect(x.data).toEqual(data);
});

test("execute() does not change its inputs, and takes those in other memory order", async () => {
  const server = await cellpose();
  const inputs = [image.transpose([0, 2, 1]), { diameter: 30 }];
  await run(server, { inputs });
  const { headers, body } = server.seen[1];
  const length = Number(headers["inference-header-content-length"]);
  expect(new Float32Array(new Uint8Array(body.subarray(length, length + 36)).buffer)).toEqual(
    Float32Array.of(0, 0, 1, 1, 0, 0, 1, 0, 1),
  );
  expect(inputs[1]).toEqual({ diameter: 30 });
});

test("execute() keeps one connection for calls in a row", async () => {
  const server = await cellpose();
  for (let i = 0; i < 5; i++) await run(server);
  expect(server.seen).toHaveLength(6);
  expect(server.connections()).toBe(1);
});

test("execute() sends headers with both of its requests", async () => {
  const server = await cellpose();
  await run(server, { headers: { Authorization: "Bearer t" } });
  expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(["Bearer t", "Bearer t"]);
});

test("execute() takes a URL with a path, and with slashes at its end", async () => {
  const server = await replay({
    [`GET /triton${configLine(modelName).slice(4)}`]: "config",
    [`POST /triton${inferLine(modelName).slice(5)}`]: "only mask",
  });
  const { __info__ } = await run(server, { serverUrl: `${server.url}/triton//` });
  expect(__info__.serverUrl).toBe(`${server.url}/triton`);
});

test("execute() runs the version asked for", async () => {
  const path = `/v2/models/${modelName}/versions/3`;
  const server = await replay({ [`GET ${path}/config`]: "config", [`POST ${path}/infer`]: "only mask" });
  await run(server, { modelVersion: 3 });
  expect(server.seen).toHaveLength(2);
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

test("execute() reads a compressed answer that nobody asked for", async () => {
  const { gzipSync } = await import("node:zlib");
  const { body, headers } = transcript("only mask").response;
  const server = await replay({
    [configLine(modelName)]: "config",
    [inferLine(modelName)](response) {
      response.setHeader("Inference-Header-Content-Length", headers["Inference-Header-Content-Length"]);
      response.setHeader("Content-Encoding", "gzip").end(gzipSync(Buffer.from(body, "latin1")));
    },
  });
  expect((await run(server)).mask.data).toEqual(Uint16Array.of(0, 1, 2, 0, 0, 0, 3, 0, 4));
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

test("execute() sends Triton's parameters beside those of a sequence", async () => {
  const server = await cellpose();
  await run(server, { parameters: { priority: 1, timeout: 5_000_000 }, sequenceId: 3, sequenceEnd: true });
  const { headers, body } = server.seen[1];
  const head = JSON.parse(body.subarray(0, Number(headers["inference-header-content-length"])).toString());
  expect(head.parameters).toEqual({
    priority: 1,
    timeout: 5_000_000,
    sequence_id: 3,
    sequence_start: false,
    sequence_end: true,
  });
});

test("execute() gives the best classes of an output", async () => {
  const tensor = { name: "scores", data_type: "TYPE_FP32", dims: [3] };
  const server = await replay({
    [configLine("m")]: configAnswer({ input: [tensor], output: [tensor] }),
    [inferLine("m")]: (response) => {
      const outputs = [
        { name: "scores", datatype: "BYTES", shape: [2], data: ["0.9:1:cell, dividing", "inf:0"] },
      ];
      response.end(JSON.stringify({ model_name: "m", outputs }));
    },
  });
  const call = { serverUrl: server.url, modelName: "m", inputs: [Float32Array.of(1, 2, 3)] };
  const { scores } = await execute({ ...call, classification: { scores: 2 } });
  expect(scores).toEqual([
    { score: 0.9, index: 1, label: "cell, dividing" },
    { score: Number.POSITIVE_INFINITY, index: 0 },
  ]);
  expect(server.seen[1].body.toString()).toContain('"parameters":{"binary_data":true,"classification":2}');
  await expect(execute({ ...call, classification: { score: 2 } })).rejects.toThrow(
    "classification must be among scores, got score",
  );
  await expect(execute({ ...call, classification: { scores: 0 } })).rejects.toThrow("from 1, got 0");
});

test("execute() packs and unpacks any value for models that speak imjoy", async () => {
  const text = (name: string) => ({ name, data_type: "TYPE_STRING", dims: [1] });
  const server = await replay({
    [configLine("m")]: configAnswer({ input: [text("a"), text("b")], output: [text("a"), text("b")] }),
    [inferLine("m")]: echo,
  });
  const call = { serverUrl: server.url, modelName: "m", serialization: "imjoy" } as const;
  const { a, b } = await execute({ ...call, inputs: [image, { diameter: 30, names: ["x"], none: null }] });
  expect(a.toArray()).toEqual(image.toArray());
  expect(b).toEqual({ diameter: 30, names: ["x"], none: null });
  await expect(execute({ ...call, inputs: [image] })).rejects.toThrow("input b is missing");
  await expect(execute({ ...call, inputs: [image, 1], decodeJson: true })).rejects.toThrow(
    'serialization "imjoy" decodes by itself',
  );
  const real = await cellpose();
  await expect(run(real, { serialization: "imjoy" })).rejects.toThrow("every input must be text, got image");
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
  await refused({ serverUrl: undefined, server_url: "x" }).toThrow(
    "option server_url does not exist; write serverUrl",
  );
  await refused({ decode_json: true }).toThrow("write decodeJson");
  await refused({ colour: "red" }).toThrow("option colour does not exist; there are inputs, serverUrl");
  await refused({ timeout: 3 }).toThrow("write timeoutMs");
  await refused({ compression_algorithm: "gzip" }).toThrow("write compression");
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

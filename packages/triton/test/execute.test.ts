import { NdArray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { execute } from "../src/execute";
import { cellpose, image, modelName, run } from "./cellpose";
import { configAnswer, configLine, echo, inferLine, replay } from "./replay";
import { transcript } from "./transcript";

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

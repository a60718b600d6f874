import { expect, test } from "vitest";
import { decodeResponse, encodeResponse } from "../src/response";
import { bytesOf, headerLength, transcript, transcripts } from "./transcript";

const inferences = transcripts.filter(
  ({ request, response }) => request.path.endsWith("/infer") && response.status === 200,
);

test.each(inferences)("encodeResponse() writes $title as Triton did", ({ response }) => {
  const { headers, body } = response;
  const json = JSON.parse(body.slice(0, headerLength(headers)).replaceAll(/-?\b(NaN|Infinity)\b/g, "null"));
  const binary = new Map<string, boolean>(
    json.outputs.map((output: { name: string; data?: unknown }) => [output.name, output.data === undefined]),
  );
  const message = encodeResponse(decodeResponse(bytesOf(body), headerLength(headers)), (name) =>
    Boolean(binary.get(name)),
  );
  expect(Buffer.concat(message.parts).toString("latin1")).toBe(body);
  expect(message.headerLength).toBe(headerLength(headers));
  expect(message.byteLength).toBe(body.length);
});

const decode = (title: string) => {
  const { headers, body } = transcript(title).response;
  return decodeResponse(bytesOf(body), headerLength(headers));
};

test("decodeResponse() reads binary data of several outputs", () => {
  const { id, modelName, modelVersion, outputs } = decode("binary in and out");
  expect([id, modelName, modelVersion]).toEqual(["r1", "cellpose-python", "1"]);
  expect(outputs[0]).toEqual({
    name: "mask",
    datatype: "UINT16",
    shape: [1, 3, 3],
    data: Uint16Array.of(0, 1, 2, 0, 0, 0, 3, 0, 4),
  });
  expect(Buffer.from(outputs[1].data[0] as Uint8Array).toString()).toBe(
    '{"n": 4, "param": {"diameter": 30}, "request_id": "r1"}',
  );
});

test("decodeResponse() reads outputs of no bytes, which come without the header's length", () => {
  expect(decode("FP32 of zero elements").outputs).toEqual([
    { name: "y", datatype: "FP32", shape: [0, 3], data: new Float32Array() },
  ]);
  expect(decode("BYTES of zero elements").outputs[0].data).toEqual([]);
});

test("decodeResponse() reads JSON with NaN, 64-bit integers and bytes that are no UTF-8", () => {
  expect(decode("binary NaN in, JSON out").outputs[0].data).toEqual(
    Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY),
  );
  expect(decode("JSON INT64 beyond 2^53").outputs[0].data).toEqual(
    BigInt64Array.of(9007199254740993n, -9223372036854775808n),
  );
  expect(decode("BYTES of any bytes as JSON").outputs[0].data).toEqual([Uint8Array.of(0, 255, 1)]);
});

test("decodeResponse() reads JSON and binary outputs side by side", () => {
  const { outputs } = decode("mask as JSON, info as binary");
  expect(outputs[0].data).toEqual(Uint16Array.of(0, 1, 2, 0, 0, 0, 3, 0, 4));
  expect(outputs[1].data).toHaveLength(1);
});

test("decodeResponse() refuses a response that was cut, and what is none", () => {
  const { body, headers } = transcript("only mask").response;
  expect(() => decodeResponse(bytesOf(body.slice(0, -1)), headerLength(headers))).toThrow(
    "the data must be a multiple of 2 bytes, got 17",
  );
  expect(() => decodeResponse(bytesOf(body.slice(0, -2)), headerLength(headers))).toThrow(
    "must have 9 elements, got 8",
  );
  expect(() => decodeResponse(bytesOf(`${body}x`), headerLength(headers))).toThrow(
    `it must have ${body.length} bytes, got ${body.length + 1}`,
  );
  expect(() => decodeResponse(bytesOf(body), 10_000)).toThrow("its header must have at most");
  expect(() => decodeResponse(bytesOf("<html>login</html>"), undefined)).toThrow("it must be JSON");
  expect(() => decodeResponse(bytesOf("{}"), undefined)).toThrow("it must list its outputs, got {}");
});

test.each([-4, 0.5, "4", null, 2 ** 53])("decodeResponse() refuses binary_data_size %s", (size) => {
  const empty = { name: "a", datatype: "UINT8", shape: [0], parameters: { binary_data_size: size } };
  // With -4, the second would be read from the end of the JSON.
  const other = { name: "b", datatype: "UINT8", shape: [8], parameters: { binary_data_size: 8 } };
  const header = Buffer.from(JSON.stringify({ model_name: "m", outputs: [empty, other] }));
  expect(() => decodeResponse(Buffer.concat([header, Buffer.alloc(4)]), header.length)).toThrow(
    "binary_data_size must be a number of bytes",
  );
});

test("decodeResponse() refuses two outputs of one name", () => {
  const output = { name: "a", datatype: "UINT8", shape: [1], data: [1] };
  const body = Buffer.from(JSON.stringify({ model_name: "m", outputs: [output, output] }));
  expect(() => decodeResponse(body, undefined)).toThrow("must differ in name, got a twice");
});

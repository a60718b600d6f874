import { expect, test } from "vitest";
import { ProtocolError } from "../src/error";
import { decodeRequest, encodeRequest, type ReceivedInput } from "../src/request";
import { bytesOf, headerLength, transcript, transcripts } from "./transcript";

const read = (title: string) => {
  const { headers, body, path } = transcript(title).request;
  return decodeRequest(bytesOf(body), headerLength(headers) ?? body.length, path.split("/")[3]);
};

const binaryOf = (input: ReceivedInput) => ("binary" in input ? input.binary : new Uint8Array());

test("decodeRequest() reads binary and JSON inputs, and the outputs asked for", () => {
  const request = read("binary in and out");
  expect(request.id).toBe("r1");
  expect(request.inputs.map(({ name, datatype, shape }) => [name, datatype, shape])).toEqual([
    ["image", "FP32", [1, 3, 3]],
    ["param", "BYTES", [1]],
  ]);
  expect(Buffer.from(binaryOf(request.inputs[1])).toString()).toBe('\x10\0\0\0{"diameter": 30}');
  expect(request.outputs).toEqual([
    { name: "mask", binary: true },
    { name: "info", binary: true },
  ]);
  const json = read("JSON in and out");
  expect(json.inputs).toEqual([
    { name: "x", datatype: "INT32", shape: [1, 3], data: Int32Array.of(1, 2, 3) },
  ]);
  expect(json.outputs).toBeUndefined();
  expect(read("binary_data_output").binaryOutput).toBe(true);
  expect(read("sequence: start").parameters).toEqual({
    sequence_id: 100,
    sequence_start: true,
    sequence_end: false,
  });
});

test("encodeRequest() writes what Triton was sent, in another order of members", () => {
  const { headers, body } = transcript("binary in and out").request;
  const recorded = read("binary in and out");
  const image = new Float32Array(binaryOf(recorded.inputs[0]).slice().buffer);
  const message = encodeRequest({
    id: "r1",
    inputs: [
      { name: "image", datatype: "FP32", shape: [1, 3, 3], data: image },
      { name: "param", datatype: "BYTES", shape: [1], data: [new TextEncoder().encode('{"diameter": 30}')] },
    ],
    outputs: [
      { name: "mask", binary: true },
      { name: "info", binary: true },
    ],
  });
  const sent = Buffer.concat(message.parts).toString("latin1");
  expect(message.headerLength).toBe(headerLength(headers));
  expect(JSON.parse(sent.slice(0, message.headerLength))).toEqual(
    JSON.parse(body.slice(0, headerLength(headers))),
  );
  expect(sent.slice(message.headerLength)).toBe(body.slice(headerLength(headers)));
  expect(message.parts[1].buffer).toBe(image.buffer);
});

test("encodeRequest() needs no header's length if there is no binary data", () => {
  const inputs = [{ name: "x", datatype: "FP32", shape: [0, 3], data: new Float32Array() }] as const;
  const message = encodeRequest({ inputs, outputs: [{ name: "y", binary: true }] });
  expect(message.headerLength).toBeUndefined();
  expect(message.parts).toHaveLength(1);
});

/** Of the malformed requests, those that are found without knowing the model. */
const malformed = transcripts.filter(
  ({ request, response }) =>
    request.path.endsWith("/infer") &&
    response.status >= 400 &&
    /Unable to parse|JSON buffer|request params|only one of the following|parameter|additional|receiving FP16|invalid datatype/.test(
      response.body,
    ),
);

test.each(malformed)("decodeRequest() refuses $title as Triton does", ({ title, request, response }) => {
  // JavaScript has no 1.0 beside 1: a whole number is taken, however it is written.
  if (title === "whole number written as a fraction") return;
  const { headers, body, path } = request;
  const said = JSON.parse(response.body).error;
  const decode = () => decodeRequest(bytesOf(body), headerLength(headers) ?? body.length, path.split("/")[3]);
  expect(decode).toThrow(new ProtocolError(response.status, said));
});

test("decodeRequest() says which extensions it lacks", () => {
  const ask = (json: object) =>
    decodeRequest(bytesOf(JSON.stringify(json)), JSON.stringify(json).length, "m");
  expect(() => ask({ inputs: [], outputs: [{ name: "y", parameters: { classification: 2 } }] })).toThrow(
    "'classification' of output 'y' is not supported by this server",
  );
  const shared = { name: "x", shape: [1], datatype: "FP32", parameters: { shared_memory_region: "a" } };
  expect(() => ask({ inputs: [shared] })).toThrow("shared memory is not supported");
});

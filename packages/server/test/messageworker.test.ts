import { decodeRequest } from "@bioengine/triton";
import { beforeAll, expect, test } from "vitest";
import { MessageWorker } from "../src/messageworker";
import { json } from "./client";
import { build } from "./program";

beforeAll(build, 240_000);

const { signal } = new AbortController();

const long = Array.from({ length: 100_000 }, (_, index) => index / 7);

/** A body in memory of its own, which may go to a thread. */
const bodyOf = (value: unknown): Uint8Array => new Uint8Array(json(value));

test("MessageWorker reads long JSON as short JSON is read", async () => {
  const worker = new MessageWorker(256);
  const request = {
    id: "a",
    inputs: [
      { name: "x", shape: [100_000], datatype: "FP32", data: long },
      { name: "s", shape: [2], datatype: "BYTES", data: ["é", ""] },
    ],
    outputs: [{ name: "y", parameters: { binary_data: true } }],
  };
  const body = bodyOf(request);
  const [numbers] = decodeRequest(body, body.length, "m").inputs;
  const read = await worker.decode(body, body.length, "m", signal);
  expect(read).toEqual({
    id: "a",
    parameters: {},
    inputs: [
      numbers,
      { name: "s", shape: [2], datatype: "BYTES", binary: Uint8Array.of(2, 0, 0, 0, 0xc3, 0xa9, 0, 0, 0, 0) },
    ],
    outputs: [{ name: "y", binary: true }],
    binaryOutput: false,
  });
});

test("MessageWorker keeps the status and words of a refusal", async () => {
  const worker = new MessageWorker(256);
  const body = bodyOf({ inputs: [{ name: "x", shape: [3], datatype: "FP32", data: long }] });
  await expect(worker.decode(body, body.length, "m", signal)).rejects.toMatchObject({
    name: "ProtocolError",
    status: 500,
    message: "Unable to parse 'data': Shape does not match true shape of 'data' field",
  });
});

test("MessageWorker writes long JSON that JSON.parse reads", async () => {
  const worker = new MessageWorker(256);
  const data = Float64Array.from(long);
  const response = {
    modelName: "m",
    modelVersion: "1",
    outputs: [{ name: "y", datatype: "FP64", shape: [100_000], data }] as const,
  };
  const { parts, headerLength } = await worker.encode(response, [], signal);
  expect(headerLength).toBe(undefined);
  expect(JSON.parse(Buffer.concat(parts).toString()).outputs[0].data).toEqual(long);
  expect(data.length).toBe(100_000);
});

test("MessageWorker refuses JSON that needs more memory than its thread has, and goes on", async () => {
  const worker = new MessageWorker(32);
  const nested = Buffer.from(`{"inputs":[${"[[[[]]]],".repeat(400_000)}0]}`);
  const refused = worker.decode(new Uint8Array(nested), nested.length, "m", signal);
  const body = bodyOf({ inputs: [{ name: "x", shape: [100_000], datatype: "FP32", data: long }] });
  const next = worker.decode(body, body.length, "m", signal);
  await expect(refused).rejects.toMatchObject({
    status: 413,
    message:
      "Cannot read or write so much JSON: it needs too much memory; send and ask for binary data instead",
  });
  expect((await next).inputs).toMatchObject([{ name: "x", shape: [100_000] }]);
});

test("MessageWorker refuses to write more elements than JSON should have", async () => {
  const shape = [2 ** 24 + 1];
  const outputs = [{ name: "y", datatype: "UINT8", shape, data: new Uint8Array(shape[0]) }] as const;
  const worker = new MessageWorker(32);
  await expect(
    worker.encode({ modelName: "m", modelVersion: "1", outputs }, [], signal),
  ).rejects.toMatchObject({
    status: 400,
    message:
      "Cannot answer: at most 16777216 elements may be JSON, got 16777217; ask for binary data instead",
  });
});

test("MessageWorker skips what nobody waits for", async () => {
  const worker = new MessageWorker(256);
  const body = bodyOf({ inputs: [{ name: "x", shape: [3], datatype: "FP32", data: long }] });
  const controller = new AbortController();
  const unwanted = worker.decode(body, body.length, "m", controller.signal);
  controller.abort(new Error("gone"));
  await expect(unwanted).rejects.toThrow("gone");
});

import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import type { Model } from "../src/model";
import { type Answer, ask, errorOf, json, serve } from "./client";
import { build } from "./program";
import { recordedModels, slowModel } from "./recordedmodels";

beforeAll(build, 240_000);

const one = { name: "x", shape: [1, 1], datatype: "INT32", data: [1] };

const post = (url: string, model: string, body: Uint8Array, headers?: Record<string, string | number>) =>
  ask(`${url}/v2/models/${model}/infer`, { method: "POST", headers, body });

/** Sends a JSON header, and binary data after it. */
function postBinary(url: string, model: string, header: object, data: Uint8Array): Promise<Answer> {
  const head = json(header);
  const body = new Uint8Array(Buffer.concat([head, data]));
  return post(url, model, body, { "Inference-Header-Content-Length": head.length });
}

test("startServer() cuts a compressed bomb off while it inflates", async () => {
  const { url } = await serve(recordedModels, {}, { requestBytes: 2 ** 22 });
  // 1 GiB of zeros in a million bytes, most of them never inflated.
  const part = gzipSync(new Uint8Array(2 ** 26), { level: 9 });
  const bomb = new Uint8Array(Buffer.concat(Array(16).fill(part)));
  const before = process.memoryUsage.rss();
  const answer = await post(url, "id-fp32", bomb, { "Content-Encoding": "gzip" });
  expect(answer.status).toBe(413);
  expect(process.memoryUsage.rss() - before).toBeLessThan(2 ** 28);
});

test("startServer() refuses JSON that is nested too deeply, or too long", async () => {
  const { url } = await serve(recordedModels);
  const deep = Buffer.from(`{"inputs":${"[".repeat(600)}${"]".repeat(600)}}`);
  expect(errorOf(await post(url, "id-int32", deep))).toContain("Nested deeper than 512 levels");
  const long = new Uint8Array(2 ** 26 + 1).fill(0x20);
  const answer = await post(url, "id-int32", long);
  expect([answer.status, errorOf(answer)]).toEqual([
    413,
    `Cannot read the request: its JSON must have at most ${2 ** 26} bytes, got ${2 ** 26 + 1}; send binary data instead`,
  ]);
});

test("startServer() refuses shapes whose product overflows, and data of another size than the shape's", async () => {
  const { url } = await serve(recordedModels);
  const huge = 2 ** 53 - 1;
  for (const shape of [
    [2 ** 32, 2 ** 32],
    [huge, huge],
    [1, huge],
    [2 ** 31, 2],
  ]) {
    const input = { name: "x", shape, datatype: "FP32", parameters: { binary_data_size: 8 } };
    const answer = await postBinary(url, "id-fp32", { inputs: [input] }, new Uint8Array(8));
    expect([answer.status, errorOf(answer)]).toEqual([
      400,
      expect.stringMatching(/^\[request id: <id_unknown>\] input byte size mismatch for input 'x'/),
    ]);
    const listed = { name: "x", shape, datatype: "FP32", data: [1, 2] };
    expect((await post(url, "id-fp32", json({ inputs: [listed] }))).status).toBe(500);
  }
});

test("startServer() refuses more inputs, outputs, parameters or dimensions than a request has", async () => {
  const { url } = await serve(recordedModels);
  const names = Array.from({ length: 2000 }, (_, index) => `n${index}`);
  const requests = [
    { inputs: names.map((name) => ({ ...one, name })) },
    { inputs: [one], outputs: names.map((name) => ({ name })) },
    { inputs: [one], parameters: Object.fromEntries(names.map((name) => [name, 1])) },
    { inputs: [{ ...one, shape: names.map(() => 1) }] },
  ];
  for (const [index, what] of ["inputs", "outputs", "parameters", "dimensions"].entries()) {
    const answer = await post(url, "id-int32", json(requests[index]));
    expect([answer.status, errorOf(answer)]).toEqual([
      400,
      expect.stringMatching(new RegExp(`must have at most 1024 ${what}, got 2000$`)),
    ]);
  }
});

test("startServer() refuses more byte strings than it can hold", async () => {
  const { url } = await serve(recordedModels);
  const data = new Uint8Array(2 ** 24);
  const parameters = { binary_data_size: data.length };
  const inputs = [{ name: "s", shape: [2 ** 22], datatype: "BYTES", parameters }];
  const answer = await postBinary(url, "identity-bytes", { inputs }, data);
  expect([answer.status, errorOf(answer)]).toEqual([
    400,
    "Cannot read input 's': it must have at most 1048576 byte strings, got more",
  ]);
});

test("startServer() quotes only the beginning of a name that has no end", async () => {
  const { url } = await serve(recordedModels);
  const answer = await post(url, "id-int32", json({ inputs: [{ ...one, name: "n".repeat(1e6) }] }));
  expect(answer.status).toBe(400);
  expect(answer.body.length).toBeLessThan(5000);
});

test("startServer() answers 503 with Retry-After when too many requests wait for a model", async () => {
  const slow = slowModel(20);
  const { url } = await serve([slow]);
  const body = json({ inputs: [{ name: "x", shape: [1], datatype: "FP32", data: [1] }] });
  const answers = await Promise.all(Array.from({ length: 80 }, () => post(url, "slow", body)));
  const refused = answers.filter(({ status }) => status !== 200);
  expect(answers.length - refused.length).toBeGreaterThanOrEqual(65);
  expect(refused.length).toBeGreaterThan(0);
  for (const answer of refused) {
    expect(answer.status).toBe(503);
    expect(errorOf(answer)).toMatch(
      /^Cannot run slow: at most 64 requests may wait, and so many do; try again in \d+ s$/,
    );
    expect(Number(answer.headers["retry-after"])).toBeGreaterThanOrEqual(1);
  }
});

test("startServer() reads no more bodies than it has memory for, and answers all", async () => {
  const held: number[] = [];
  const watched: Model = {
    name: "watched",
    inputs: [{ name: "x", datatype: "UINT8", shape: [-1] }],
    outputs: [{ name: "y", datatype: "UINT8", shape: [-1] }],
    load: async () => async () => {
      held.push(process.memoryUsage().arrayBuffers);
      await setTimeout(20);
      return [{ name: "y", datatype: "UINT8", shape: [1], data: Uint8Array.of(1) }];
    },
  };
  const { url } = await serve([watched], {}, { heldBytes: 2 ** 25 });
  const size = 2 ** 23 - 2 ** 16;
  const header = {
    inputs: [{ name: "x", shape: [size], datatype: "UINT8", parameters: { binary_data_size: size } }],
  };
  const data = randomBytes(size);
  const head = json(header);
  const plain = new Uint8Array(Buffer.concat([head, data]));
  const zipped = new Uint8Array(gzipSync(plain, { level: 1 }));
  const headers = { "Inference-Header-Content-Length": head.length };
  const before = process.memoryUsage().arrayBuffers;
  const answers = await Promise.all(
    Array.from({ length: 32 }, (_, index) =>
      index % 2 === 0
        ? post(url, "watched", plain, headers)
        : post(url, "watched", zipped, { ...headers, "Content-Encoding": "gzip" }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(32).fill(200));
  // Beside what is allowed: the pieces of bodies that were just received, on both sides.
  expect(Math.max(...held) - before).toBeLessThan(3 * 2 ** 25);
});

test("startServer() answers 503 to a body that inflates to more than there is memory for", async () => {
  const { url } = await serve([slowModel(300)], {}, { heldBytes: 2 ** 24, requestBytes: 2 ** 25 });
  const head = json({
    inputs: [{ name: "x", shape: [1], datatype: "FP32", parameters: { binary_data_size: 4 } }],
  });
  const headers = { "Inference-Header-Content-Length": head.length };
  const zeros = new Uint8Array(gzipSync(new Uint8Array(2 ** 24)));
  const pad = new Uint8Array(2 ** 22);
  const held = post(url, "slow", new Uint8Array(Buffer.concat([head, pad])), headers);
  const [first, second] = await Promise.all(
    [1, 2].map(() => post(url, "slow", zeros, { ...headers, "Content-Encoding": "gzip" })),
  );
  await held;
  for (const answer of [first, second]) expect([400, 500, 503]).toContain(answer.status);
  const refused = [first, second].filter(({ status }) => status === 503);
  expect(refused.length).toBeGreaterThanOrEqual(1);
  for (const answer of refused) {
    expect(errorOf(answer)).toBe(
      "Cannot receive the request: other requests take the memory for them; try again in 5 s",
    );
    expect(answer.headers["retry-after"]).toBe("5");
  }
});

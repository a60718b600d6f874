import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Model } from "../src/model";
import { connect, json, rest, serve } from "./client";
import { recordedModels } from "./recordedmodels";

const one = { name: "x", shape: [1, 1], datatype: "INT32", data: [1] };

/** The status of an answer that came on a bare connection. */
const statusOf = (text: string): number => Number(text.match(/^HTTP\/1\.1 (\d+)/)?.[1]);

test("startServer() answers 431 to a head that is too long, and 408 to one that comes too slowly", async () => {
  const { url } = await serve(recordedModels, {}, { headMs: 200 });
  const long = connect(url);
  long.write(`GET /v2 HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(20_000)}\r\n\r\n`);
  expect(await rest(long)).toMatch(/^HTTP\/1\.1 431 .*\{"error":"Cannot read the request: its head/s);
  for (const beginning of ["GET /v2 HTTP/1.1\r\nHos", ""]) {
    const slow = connect(url);
    slow.write(beginning);
    expect(statusOf(await rest(slow))).toBe(408);
  }
});

test("startServer() answers 408 to a body that comes too slowly", async () => {
  const { url } = await serve(recordedModels, {}, { paceMs: 300, paceBytes: 100 });
  for (const head of ["Content-Length: 1000000", "Content-Length: 100", "Transfer-Encoding: chunked"]) {
    const socket = connect(url);
    socket.write(`POST /v2/models/id-int32/infer HTTP/1.1\r\nHost: a\r\n${head}\r\n\r\n`);
    const answer = await rest(socket);
    expect([head, statusOf(answer)]).toEqual([head, 408]);
    expect(answer).toContain('{"error":"Cannot receive the request: at least 100 bytes must come in 300 ms');
  }
});

test("startServer() takes a slow body that goes on coming, far beyond any one wait", async () => {
  const { url } = await serve(recordedModels, {}, { paceMs: 200, paceBytes: 10, headMs: 200 });
  const body = json({ inputs: [one], parameters: { padding: "p".repeat(1000) } });
  const socket = connect(url);
  socket.write(
    `POST /v2/models/id-int32/infer HTTP/1.1\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n`,
  );
  for (let position = 0; position < body.length; position += 50) {
    socket.write(body.subarray(position, position + 50));
    await setTimeout(50);
  }
  expect(statusOf(await rest(socket))).toBe(200);
});

test("startServer() closes connections that are kept without use", async () => {
  const { url } = await serve(recordedModels, {}, { keepAliveMs: 200 });
  const socket = connect(url);
  socket.write("GET /v2/health/live HTTP/1.1\r\nHost: a\r\n\r\n");
  expect(statusOf(await rest(socket))).toBe(200);
});

test("startServer() bounds connections, and closes idle ones for new ones", async () => {
  const { url } = await serve(recordedModels, {}, { connections: 8 });
  const idle = [];
  for (let index = 0; index < 20; index++) {
    const socket = connect(url);
    socket.write("GET /v2/health/live HTTP/1.1\r\nHost: a\r\n\r\n");
    await once(socket, "data");
    idle.push(socket);
  }
  await expect.poll(() => idle.filter(({ readable }) => readable).length).toBeLessThanOrEqual(8);
  const silent = Array.from({ length: 20 }, () => connect(url));
  await expect.poll(() => silent.filter(({ readable }) => !readable).length).toBeGreaterThanOrEqual(12);
});

test("startServer() gives up on a client that doesn't take its answer", async () => {
  const large: Model = {
    name: "large",
    inputs: [],
    outputs: [{ name: "y", datatype: "UINT8", shape: [-1] }],
    load: async () => async () => {
      const data = new Uint8Array(2 ** 26);
      return [{ name: "y", datatype: "UINT8", shape: [data.length], data }];
    },
  };
  const server = await serve([large], {}, { takeMs: 200 });
  const socket = connect(server.url);
  const body = '{"inputs":[],"parameters":{"binary_data_output":true}}';
  socket.write(`POST /v2/models/large/infer HTTP/1.1\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  await once(socket, "readable");
  await setTimeout(1500);
  expect((await rest(socket)).length).toBeLessThan(2 ** 26);
});

test("startServer() answers what no route or parser expects, with a status and JSON", async () => {
  const { url } = await serve(recordedModels);
  const requests: readonly [string, number][] = [
    ["CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", 405],
    ["GET /v2/health/live HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\nConnection: close\r\n\r\n", 417],
    ["GET /v2/nothing HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n", 404],
    ["GARBAGE\r\n\r\n", 400],
    ["GET /v2 HTTP/9.9\r\n\r\n", 400],
    ["POST /v2/repository/index HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400],
    ["POST /v2/repository/index HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400],
  ];
  for (const [text, status] of requests) {
    const socket = connect(url);
    socket.write(Buffer.from(text, "latin1"));
    const answer = await rest(socket);
    expect([text, statusOf(answer)]).toEqual([text, status]);
    expect(JSON.parse(answer.slice(answer.indexOf("\r\n\r\n"))).error).toEqual(expect.any(String));
  }
});

test("startServer() refuses a body that is too large before it is sent, if the client waits for a 100 Continue", async () => {
  const { url } = await serve(recordedModels, { maxRequestBytes: 1000 });
  const socket = connect(url);
  socket.write(
    "POST /v2/models/id-int32/infer HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2000\r\nConnection: close\r\n\r\n",
  );
  expect(statusOf(await rest(socket))).toBe(413);
});

test("startServer() reads the rest of a refused body, for a limited time, and keeps the connection if it ends", async () => {
  const { url } = await serve(recordedModels, {}, { lingerMs: 300 });
  const damaged = "POST /v2/models/id-int32/infer HTTP/1.1\r\nContent-Encoding: gzip\r\n";
  const kept = connect(url);
  kept.write(`${damaged}Content-Length: 10000\r\n\r\n`);
  kept.write("x".repeat(5000));
  await once(kept, "data");
  kept.write("x".repeat(5000));
  await setTimeout(600);
  kept.write("GET /v2/health/live HTTP/1.1\r\nConnection: close\r\n\r\n");
  expect(statusOf(await rest(kept))).toBe(200);
  const endless = connect(url);
  endless.write(`${damaged}Transfer-Encoding: chunked\r\n\r\n3e8\r\n${"x".repeat(1000)}\r\n`);
  await once(endless, "data");
  await once(endless.resume(), "close");
});

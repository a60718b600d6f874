import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Model } from "../src/model";
import { ask, connect, errorOf, json, rest, serve } from "./client";
import { slowModel } from "./recordedmodels";

const request = (id: string) =>
  json({ id, inputs: [{ name: "x", shape: [1], datatype: "FP32", data: [1] }] });

const stopped = [503, "the server is being stopped"];

test("close() refuses at once the requests that wait, and lets the running one end", async () => {
  const slow = slowModel(300);
  const server = await serve([slow]);
  const infer = (id: string) =>
    ask(`${server.url}/v2/models/slow/infer`, { method: "POST", body: request(id) });
  const order: string[] = [];
  const asked = ["a", "b", "c"].map(async (id) => {
    const answer = await infer(id);
    order.push(id);
    return answer;
  });
  await expect.poll(() => slow.ran).toEqual(["start a"]);
  await setTimeout(50);
  await server.close();
  const [a, ...others] = await Promise.all(asked);
  expect(a.status).toBe(200);
  expect(others.map((answer) => [answer.status, errorOf(answer)])).toEqual([stopped, stopped]);
  expect(order[2]).toBe("a");
  expect(slow.ran).toEqual(["start a", "end a"]);
});

test("close() refuses bodies that are still coming", async () => {
  const server = await serve([slowModel(0)]);
  const answers = ["Content-Length: 100000", "Transfer-Encoding: chunked"].map((length) => {
    const socket = connect(server.url);
    socket.write(`POST /v2/models/slow/infer HTTP/1.1\r\nHost: a\r\n${length}\r\n\r\n`);
    return rest(socket);
  });
  await setTimeout(50);
  await server.close();
  for (const answer of await Promise.all(answers)) {
    expect(answer).toMatch(/^HTTP\/1\.1 503 .*\{"error":"the server is being stopped"\}$/s);
  }
});

test("close() gives running requests a limited time", async () => {
  const slow = slowModel(60_000);
  const server = await serve([slow], {}, { closingMs: 100 });
  const asked = ask(`${server.url}/v2/models/slow/infer`, { method: "POST", body: request("a") });
  await expect.poll(() => slow.ran).toEqual(["start a"]);
  await server.close();
  const answer = await asked;
  expect([answer.status, errorOf(answer)]).toEqual(stopped);
});

test("close() doesn't wait for ever for a model that goes on", async () => {
  const stubborn: Model = {
    ...slowModel(0),
    load: async () => () => new Promise(() => {}),
  };
  const server = await serve([stubborn], {}, { closingMs: 50, stoppingMs: 50 });
  const asked = ask(`${server.url}/v2/models/slow/infer`, { method: "POST", body: request("a") });
  await setTimeout(50);
  await server.close();
  const answer = await asked;
  expect([answer.status, errorOf(answer)]).toEqual(stopped);
});

test("close() doesn't wait for clients that keep a connection, or say nothing", async () => {
  const server = await serve([slowModel(0)]);
  const kept = connect(server.url);
  kept.write("GET /v2/health/live HTTP/1.1\r\nHost: a\r\n\r\n");
  await once(kept, "data");
  const silent = connect(server.url);
  await once(silent, "connect");
  const begun = connect(server.url);
  begun.write("GET /v2/hea");
  await setTimeout(50);
  await server.close();
  await Promise.all([rest(kept), rest(silent), rest(begun)]);
});

test("close() may be called twice", async () => {
  const server = await serve([slowModel(0)]);
  await Promise.all([server.close(), server.close()]);
  await server.close();
});

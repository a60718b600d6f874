import { spawnSync } from "node:child_process";
import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { transport } from "../src/transport/nodetransport";
import { replay } from "./replay";

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
const signal = () => new AbortController().signal;

interface Scripted {
  readonly url: string;
  /** What each connection was sent. */
  readonly received: string[];
}

/** A server that answers each request with the next of some pieces of bytes, one write for each. */
async function scripted(
  answers: readonly (readonly string[])[],
  after?: (socket: Socket) => void,
): Promise<Scripted> {
  const received: string[] = [];
  const left = [...answers];
  const server: Server = createServer((socket) => {
    const index = received.push("") - 1;
    socket.on("error", () => undefined);
    socket.on("data", async (bytes) => {
      const said = bytes.toString("latin1");
      received[index] += said;
      if (!/^(GET|POST) /.test(said)) return;
      for (const piece of left.shift() ?? []) {
        socket.write(piece, "latin1");
        await sleep(5);
      }
      after?.(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

const get = (url: string) =>
  transport({ method: "GET", url: `${url}/x?y=1`, headers: { "X-A": "b" }, signal: signal() });

const head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";
const bodies: [string, string[]][] = [
  ["of known length", [`${head}Content-Length: 5\r\n\r\nhello`]],
  ["that comes byte for byte", [...`${head}Content-Length: 5\r\n\r\nhello`]],
  [
    "of unknown length in chunks",
    [`${head}Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;a=b\r\nlo\r\n0\r\nX-T: 1\r\n\r\n`],
  ],
  ["in chunks, byte for byte", [...`${head}Transfer-Encoding: chunked\r\n\r\n0005\r\nhello\r\n0\r\n\r\n`]],
  ["after 100 Continue", [`HTTP/1.1 100 Continue\r\n\r\n${head}`, "Content-Length: 5\r\n\r\nhe", "llo"]],
];

test.each(bodies)("Node's transport reads a body %s, and goes on with the connection", async (_, pieces) => {
  const { url, received } = await scripted([pieces, pieces]);
  for (let i = 0; i < 2; i++) {
    const { status, header, body } = await get(url);
    expect([status, header("content-type"), text(body)]).toEqual([200, "text/plain", "hello"]);
  }
  const { host } = new URL(url);
  const request = `GET /x?y=1 HTTP/1.1\r\nHost: ${host}\r\nAccept-Encoding: identity\r\nX-A: b\r\n\r\n`;
  expect(received).toEqual([request + request]);
});

test("Node's transport reads a body that ends with the connection", async () => {
  const { url, received } = await scripted([[`${head}\r\n`, "hel", "lo"], [`${head}\r\n`]], (socket) =>
    socket.end(),
  );
  expect(text((await get(url)).body)).toBe("hello");
  expect(text((await get(url)).body)).toBe("");
  expect(received).toHaveLength(2);
});

test("Node's transport takes 204 for an empty answer, and joins headers of one name", async () => {
  const { url } = await scripted([["HTTP/1.1 204 No Content\r\nA: 1\r\na:2 \r\n\r\n"]]);
  const { status, header, body } = await get(url);
  expect([status, header("A"), body.length]).toEqual([204, "1, 2", 0]);
});

test.each([
  ["says that it closes", ["HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"]],
  ["speaks HTTP/1.0", ["HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n"]],
  ["keeps it for a moment alone", ["HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1\r\nContent-Length: 0\r\n\r\n"]],
])("Node's transport opens a new connection after one whose server %s", async (_, pieces) => {
  const { url, received } = await scripted([pieces, pieces]);
  await get(url);
  await get(url);
  expect(received).toHaveLength(2);
});

test.each([
  ["no status line", ["SSH-2.0-OpenSSH_9.6\r\n\r\n"], /HTTP_PROTOCOL|status line was expected, got SSH/],
  ["a header without a name", [`${head}: x\r\n\r\n`], /a header was expected, got : x/],
  ["a length that is no number", [`${head}Content-Length: -1\r\n\r\n`], /must be a number, got -1/],
  ["a chunk of no size", [`${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n`], /broke off/],
  ["more than its length", [`${head}Content-Length: 1\r\n\r\nab`], /broke off/],
  ["a head without an end", Array(12).fill("x".repeat(8192)), /head has no end/],
  [
    "chunks that are no gzip",
    [`${head}Content-Encoding: gzip\r\nContent-Length: 1\r\n\r\na`],
    /must be gzip/,
  ],
])("Node's transport rejects if the answer has %s", async (_, pieces, message) => {
  const { url } = await scripted([pieces]);
  await expect(get(url)).rejects.toThrow(message);
});

test.each([
  ["before its head", []],
  ["in its head", ["HTTP/1.1 200"]],
  ["in its body", [`${head}Content-Length: 10\r\n\r\nhello`]],
  ["in a chunk", [`${head}Transfer-Encoding: chunked\r\n\r\n9\r\nhello`]],
])("Node's transport rejects if the answer ends %s", async (_, pieces) => {
  const { url } = await scripted([pieces], (socket) => socket.end());
  await expect(get(url)).rejects.toThrow(/closed|broke off/);
});

test("Node's transport decompresses an answer that nobody wanted compressed", async () => {
  const server = await replay({
    "GET /gzip": (response) => response.setHeader("Content-Encoding", "gzip").end(gzipSync("hello")),
    "GET /br": (response) => response.setHeader("Content-Encoding", "br").end(brotliCompressSync("hello")),
  });
  for (const path of ["gzip", "br"]) {
    const call = { method: "GET", url: `${server.url}/${path}`, headers: {}, signal: signal() } as const;
    expect(text((await transport(call)).body)).toBe("hello");
  }
});

test("Node's transport takes the answer of a server that doesn't wait for the whole body", async () => {
  const { url, received } = await scripted([
    [`${head}Content-Length: 2\r\n\r\nno`],
    [`${head}Content-Length: 2\r\n\r\nok`],
  ]);
  const body = [new Uint8Array(64 * 2 ** 20)];
  const call = { method: "POST", url, headers: {}, signal: signal(), body } as const;
  expect(text((await transport(call)).body)).toBe("no");
  expect(text((await get(url)).body)).toBe("ok");
  expect(received).toHaveLength(2);
});

test("Node's transport runs calls side by side, and uses their connections again", async () => {
  const server = await replay({
    "POST /echo": (response, { body }) => setTimeout(() => response.end(body), 20),
  });
  const send = async (value: string) => {
    const body = [Buffer.from(value)];
    const call = { method: "POST", url: `${server.url}/echo`, headers: {}, signal: signal(), body } as const;
    return text((await transport(call)).body);
  };
  const values = ["a", "b", "c", "d"];
  expect(await Promise.all(values.map(send))).toEqual(values);
  expect(await Promise.all(values.map(send))).toEqual(values);
  expect(server.connections()).toBe(4);
});

test("Node's transport finds localhost, refuses line breaks in headers, and keeps no program alive", async () => {
  const server = await replay({ "GET /": (response) => response.end("hello") });
  const local = server.url.replace("127.0.0.1", "localhost");
  expect(text((await transport({ method: "GET", url: local, headers: {}, signal: signal() })).body)).toBe(
    "hello",
  );
  const headers = { "X-A": "b\r\nX-C: d" };
  await expect(transport({ method: "GET", url: local, headers, signal: signal() })).rejects.toThrow("X-A");
  const script = `
    const server = require("node:http").createServer((_, response) => response.end("hello")).listen(0, async () => {
      const { TritonClient } = require(${JSON.stringify(require.resolve("../dist/index.js"))});
      await new TritonClient({ serverUrl: "http://127.0.0.1:" + server.address().port }).isServerLive();
      server.unref();
    });`;
  const { status, signal: killed } = spawnSync(process.execPath, ["-e", script], { timeout: 20_000 });
  expect([status, killed]).toEqual([0, null]);
});

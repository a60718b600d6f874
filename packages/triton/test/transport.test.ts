import { spawn } from "node:child_process";
import { once } from "node:events";
import { deflateSync, gunzipSync, gzipSync, inflateSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import type { TransferProgress } from "../src/calloptions";
import { transport as browser } from "../src/transport/browsertransport";
import { transport as node } from "../src/transport/nodetransport";
import { replay } from "./replay";

const signal = new AbortController().signal;
const bytes = (text: string) => new TextEncoder().encode(text);

// Node has the fetch of browsers, too.
test.each([
  ["Node's", node],
  ["the browser's", browser],
])(
  "%s transport sends the parts in order, and receives the body at a place for tensors",
  async (_, transport) => {
    const server = await replay({
      "POST /echo": (response, { body }) =>
        response.setHeader("Inference-Header-Content-Length", "5").end(body),
    });
    const body = [bytes("head:"), bytes("data"), bytes("more")];
    const answer = await transport({
      method: "POST",
      url: `${server.url}/echo`,
      headers: { "X-Test": "1" },
      body,
      signal,
    });
    expect(answer.status).toBe(200);
    expect(answer.header("inference-header-content-length")).toBe("5");
    expect(answer.header("X-Absent")).toBeUndefined();
    expect(new TextDecoder().decode(answer.body)).toBe("head:datamore");
    expect((answer.body.byteOffset + 5) % 8).toBe(0);
    expect(server.seen[0].headers).toMatchObject({ "x-test": "1", "content-length": "13" });
  },
);

test.each([
  ["Node's", node],
  ["the browser's", browser],
])("%s transport rejects if nobody answers, and when it is aborted", async (_, transport) => {
  const call = { method: "GET", headers: {}, signal } as const;
  await expect(transport({ ...call, url: "http://127.0.0.1:1/" })).rejects.toThrow();
  const controller = new AbortController();
  const server = await replay({ "GET /": () => controller.abort() });
  await expect(transport({ ...call, url: server.url, signal: controller.signal })).rejects.toThrow();
});

test("Node's transport reads a body that comes in chunks of unknown number", async () => {
  const server = await replay({
    "GET /": (response) => {
      response.write("a");
      setTimeout(() => response.end("bc"), 10);
    },
  });
  const { body } = await node({ method: "GET", url: server.url, headers: {}, signal });
  expect(new TextDecoder().decode(body)).toBe("abc");
});

/** A server of another process, which closes each connection 30 ms after its answer, without saying so before. */
async function closingServer(): Promise<string> {
  const code = `require("node:http").createServer((request, response) => {
    response.setHeader("Connection", "keep-alive").end("ok", () => setTimeout(() => request.socket.destroy(), 30));
  }).listen(0, "127.0.0.1", function () { process.send(this.address().port) })`;
  const child = spawn(process.execPath, ["-e", code], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  onTestFinished(() => void child.kill());
  const [port] = await once(child, "message");
  return `http://127.0.0.1:${port}`;
}

test("Node's transport notices that the server closed its connection during a long computation", async () => {
  const url = await closingServer();
  for (let i = 0; i < 3; i++) {
    const { body } = await node({ method: "GET", url, headers: {}, signal });
    expect(new TextDecoder().decode(body)).toBe("ok");
    for (const end = Date.now() + 100; Date.now() < end; );
  }
});

const gunzip = { gzip: gunzipSync, deflate: inflateSync };

test.each([
  ["Node's", node, "gzip"],
  ["Node's", node, "deflate"],
  ["the browser's", browser, "gzip"],
  ["the browser's", browser, "deflate"],
] as const)(
  "%s transport compresses what it sends, and decompresses the answer: %s",
  async (_, transport, how) => {
    const pack = { gzip: gzipSync, deflate: deflateSync }[how];
    const server = await replay({
      "POST /echo": (response, { body }) =>
        response.setHeader("Content-Encoding", how).end(pack(gunzip[how](body))),
    });
    const sent = bytes("data".repeat(1000));
    const call = { method: "POST", url: `${server.url}/echo`, headers: {}, signal } as const;
    const answer = await transport({ ...call, body: [sent], compression: how });
    expect(new TextDecoder().decode(answer.body)).toBe("data".repeat(1000));
    expect(server.seen[0].headers["content-encoding"]).toBe(how);
    expect(server.seen[0].body.length).toBeLessThan(200);
  },
);

test.each([
  ["Node's", node, true],
  ["the browser's", browser, false],
])("%s transport tells how far it is", async (_, transport, fine) => {
  const server = await replay({ "POST /echo": (response, { body }) => response.end(body) });
  const told: TransferProgress[] = [];
  const size = 20 * 2 ** 20;
  await transport({
    method: "POST",
    url: `${server.url}/echo`,
    headers: {},
    body: [bytes("head"), new Uint8Array(size)],
    onProgress: (progress) => told.push(progress),
    signal,
  });
  const total = size + 4;
  const of = (phase: string) => told.filter((progress) => progress.phase === phase);
  for (const phase of ["sending", "receiving"]) {
    const steps = of(phase).map(({ loaded }) => loaded);
    expect(steps[0]).toBe(0);
    expect(steps.at(-1)).toBe(total);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
  }
  expect(of("receiving").length).toBeGreaterThan(4);
  expect(of("sending").length).toBeGreaterThan(fine ? 4 : 1);
  expect(told.findIndex(({ phase }) => phase === "running") > 0).toBe(fine);
});

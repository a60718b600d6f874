import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ask, connect, json, rest } from "../client";
import { expectAnswered, fuzzedServer, modelNames } from "./fuzz";

const server = fuzzedServer();

const body = json({ inputs: [{ name: "x", shape: [1, 3], datatype: "INT32", data: [1, 2, 3] }] });
const path = "/v2/models/id-int32/infer";

test("startServer() answers bodies in any encoding, whole, cut, or damaged", async () => {
  const plain = fc.oneof(fc.constant(body), fc.uint8Array({ maxLength: 300 }));
  const packed = fc
    .tuple(
      plain,
      fc.constantFrom(gzipSync, deflateSync, deflateRawSync, (bytes: Uint8Array) => bytes),
    )
    .map(([bytes, pack]) => new Uint8Array(pack(bytes)));
  const damaged = fc.tuple(packed, fc.nat(), fc.nat(255), fc.nat()).map(([bytes, at, value, length]) => {
    const copy = bytes.slice(0, bytes.length - (length % 10));
    if (copy.length > 0) copy[at % copy.length] ^= value;
    return copy;
  });
  const trailed = fc.tuple(packed, packed).map((two) => new Uint8Array(Buffer.concat(two)));
  const names = ["gzip", "deflate", "GZIP ", "identity", "", "br", "gzip, deflate", "x-gzip", "none"];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...names),
      fc.oneof(packed, damaged, trailed),
      fc.constantFrom("gzip", "deflate;q=0.5, gzip;q=0", "*", "", "br;q=x,,;", "deflate"),
      fc.option(fc.integer({ min: 0, max: 200 })),
      async (encoding, bytes, accepted, length) => {
        const headers: Record<string, string> = { "Content-Encoding": encoding, "Accept-Encoding": accepted };
        if (length !== null) headers["Inference-Header-Content-Length"] = String(length);
        await expectAnswered(server.url, { path, headers, body: bytes });
      },
    ),
    { numRuns: 600 },
  );
});

test("startServer() answers any path and method", async () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "v2",
      "models",
      "versions",
      "infer",
      "config",
      "stats",
      "ready",
      "health",
      "live",
      "index",
    ),
    fc.constantFrom(
      "repository",
      "load",
      "unload",
      "progress",
      "1",
      "0",
      "99999999999999999999",
      "..",
      ".",
      "",
    ),
    fc.constantFrom("%", "%2", "%2e%2e", "%00", "%ff", "%2F", "__proto__", "constructor", "a?b#c", "*"),
    fc.constantFrom(...modelNames),
    fc.string({ unit: fc.constantFrom("/", "%", "e", "2", "a", ":", "?", "@", "\\", "~") }),
  );
  const anyPath = fc.array(piece, { maxLength: 8 }).map((pieces) => `/${pieces.join("/")}`);
  const known = fc
    .tuple(fc.constantFrom("/v2/models/", "/v2/repository/models/"), piece, piece, piece)
    .map(([start, ...pieces]) => start + pieces.join("/"));
  const progress = piece.map((id) => `/v2/models/stardist/progress/${id}`);
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(anyPath, known, progress),
      fc.constantFrom("GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"),
      async (anyPath, method) => {
        await expectAnswered(server.url, { path: anyPath, method });
      },
    ),
    { numRuns: 1000 },
  );
});

/** What comes back is nothing, or answers of HTTP, of which errors have JSON. */
function expectAnswers(text: string): void {
  if (text === "") return;
  expect(text).toMatch(/^HTTP\/1\.1 [1-5]\d\d /);
  const last = text.slice(text.lastIndexOf("HTTP/1.1 "));
  const status = Number(last.slice(9, 12));
  if (status < 300) return;
  expect(JSON.parse(last.slice(last.indexOf("\r\n\r\n") + 4)).error).toEqual(expect.any(String));
}

async function exchange(parts: readonly Uint8Array[]): Promise<string> {
  const socket = connect(server.url);
  for (const part of parts) socket.write(part);
  socket.end();
  return rest(socket).catch((error: NodeJS.ErrnoException) => {
    // Who goes on sending what nobody reads sees the connection reset.
    expect(["ECONNRESET", "EPIPE", "ERR_STREAM_PREMATURE_CLOSE"]).toContain(error.code);
    return "";
  });
}

test("startServer() answers or ends connections that bring anything but HTTP", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 500 }), { maxLength: 3 }), async (parts) => {
      expectAnswers(await exchange(parts));
    }),
  );
});

test("startServer() answers or ends connections that bring damaged HTTP", async () => {
  const lines = [
    "Host: a",
    `Content-Length: ${body.length}`,
    "Content-Length: -1",
    "Content-Length: 18446744073709551616",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: gzip, chunked",
    "Connection: close",
    "Connection: Upgrade",
    "Upgrade: h2c",
    "Expect: 100-continue",
    "Expect: 200-ok",
    "Inference-Header-Content-Length: 10",
    "Inference-Header-Content-Length: 1, 2",
    "Content-Encoding: gzip",
    " folded: line",
    "no colon",
    ": no name",
    "X: \0",
  ];
  const head = fc
    .tuple(
      fc.constantFrom("GET", "POST", "OPTIONS", "CONNECT", "PRI", "M-SEARCH", "get"),
      fc.constantFrom(path, "/v2", "*", "http://a/v2", "//", "a:80", "/\x80", ""),
      fc.constantFrom("HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/0.9", "HTTP/1.1 "),
      fc.subarray(lines, { maxLength: 5 }),
    )
    .map(([method, target, version, headers]) =>
      Buffer.from(`${[`${method} ${target} ${version}`, ...headers].join("\r\n")}\r\n\r\n`, "latin1"),
    );
  const content = fc.oneof(
    fc.constant(Buffer.from(body)),
    fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)),
    fc
      .constantFrom("5\r\nhello\r\n0\r\n\r\n", "ffffffffffffffffff\r\n", "-1\r\n", "1;a=b\r\nx\r\n")
      .map(Buffer.from),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(head, content), { minLength: 1, maxLength: 3 }), async (requests) => {
      expectAnswers(await exchange(requests.flat()));
    }),
    { numRuns: 600 },
  );
});

test("startServer() is well after all this", async () => {
  const answer = await ask(server.url + path, { method: "POST", body });
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body.toString()).outputs[0].data).toEqual([1, 2, 3]);
  expect((await ask(`${server.url}/v2/health/ready`)).status).toBe(200);
});

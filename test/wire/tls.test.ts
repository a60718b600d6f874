import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getConfig, TritonClient } from "bioengine";
import { afterAll, beforeAll, expect, test } from "vitest";
import { python, root } from "../laboratory";
import { finish, type Running, start } from "../program";

const folder = mkdtempSync(join(tmpdir(), "bioengine-tls-"));
const pem = (name: string) => readFileSync(join(folder, name), "utf8");
let triton: Running;
let gate: Server;
let serverUrl: string;

/** What stands before many servers: https with an institute's own authority, which wants a token and a client's certificate. */
beforeAll(async () => {
  const made = await finish(python, [join(__dirname, "certificates.py"), folder]);
  expect(made.code, made.output).toBe(0);
  const bioengine = join(root, "packages/bioengine/bin/bioengine.js");
  triton = await start(process.execPath, [bioengine, "serve", "--port", "0"], /ready at (http:\/\/\S+)/);
  const inside = triton.match[1] ?? "";
  const options = { key: pem("server.key"), cert: pem("server.pem"), ca: pem("ca.pem"), requestCert: true };
  gate = createServer({ ...options, rejectUnauthorized: false }, (incoming, response) => {
    const { method, headers, url } = incoming;
    const known = headers.authorization === "Bearer secret" || incoming.socket.authorized;
    if (!known) response.writeHead(401).end('{"error":"who are you?"}');
    else
      incoming.pipe(
        request(inside + url, { method, headers }, (answer) => {
          response.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(response);
        }),
      );
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => gate.once("listening", resolve));
  serverUrl = `https://127.0.0.1:${(gate.address() as AddressInfo).port}`;
});

afterAll(async () => {
  gate?.closeAllConnections();
  gate?.close();
  await triton?.end();
  rmSync(folder, { recursive: true, force: true });
});

const modelName = "stardist";

test("getConfig() trusts a private authority whose certificate it is given", async () => {
  const config = await getConfig({ serverUrl, modelName, tls: { ca: pem("ca.pem") }, token: "secret" });
  expect(config.name).toBe("stardist");
});

test("getConfig() says how to trust an authority that it doesn't know", async () => {
  const untrusted = getConfig({ serverUrl, modelName, token: "secret" });
  await expect(untrusted).rejects.toThrow(/not trusted \(.*tls: \{ ca: readFileSync\("ca.pem", "utf8"\) \}/);
});

test("getConfig() shows the client's certificate", async () => {
  const tls = { ca: pem("ca.pem"), cert: pem("client.pem"), key: pem("client.key") };
  expect((await getConfig({ serverUrl, modelName, tls })).name).toBe("stardist");
});

test("getConfig() says that the server wants a token", async () => {
  const refused = getConfig({ serverUrl, modelName, tls: { ca: pem("ca.pem") } });
  await expect(refused).rejects.toMatchObject({ status: 401, serverMessage: "who are you?" });
  await expect(refused).rejects.toThrow("pass token");
});

test("TritonClient keeps connections of one trust apart from those of another", async () => {
  const trusting = new TritonClient({ serverUrl, tls: { ca: pem("ca.pem") }, token: "secret" });
  expect(await trusting.isServerReady()).toBe(true);
  expect(await new TritonClient({ serverUrl, token: "secret" }).isServerReady()).toBe(false);
});

test("getConfig() says that a server does not speak https", async () => {
  const plain = String(triton.match[1]);
  const wrong = getConfig({ serverUrl: plain.replace("http:", "https:"), modelName });
  await expect(wrong).rejects.toThrow(`write serverUrl: "${plain}"`);
});

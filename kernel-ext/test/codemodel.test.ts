import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import {
  type ChatServer,
  pieceEvent,
  refused,
  startChatServer,
  streamed,
  unfinished,
} from "../../test/codex/chatserver";
import { type Json, resultOf } from "./client";
import { type RunningKernel, startKernel } from "./kernelprocess";

const KEY = "sk-secret-of-the-test";
const home = mkdtempSync(join(tmpdir(), "bioengine-home-"));
const file = join(home, "codemodel.json");

let kernel: RunningKernel;
let server: ChatServer;
let comms = 0;

beforeAll(async () => {
  kernel = await startKernel({ BIOENGINE_HOME: home, BIOENGINE_CODE_MODEL_KEY: "of-the-environment" });
}, 60_000);
afterAll(async () => {
  await kernel.stop();
  rmSync(home, { recursive: true });
});
beforeEach(async () => {
  server = await startChatServer();
  set({ url: server.url, model: "writer", key: KEY });
});
afterEach(() => server.close());

const set = (settings: Json, mode = 0o600): void => {
  rmSync(file, { force: true });
  writeFileSync(file, typeof settings === "string" ? settings : JSON.stringify(settings), { mode });
};

/** Open a comm; `said` is what the kernel has said on it so far. */
async function open(running = kernel) {
  const { client } = running;
  const id = `model-${++comms}`;
  const from = client.received.length;
  const said = (): Json[] =>
    client.received
      .slice(from)
      .filter(({ type, content }) => type === "comm_msg" && content.comm_id === id)
      .map(({ content }) => content.data);
  const heard = (isDone: (said: Json[]) => boolean) =>
    client.until(
      () => isDone(said()),
      10_000,
      () => JSON.stringify(said()),
    );
  await client.send("comm_open", { comm_id: id, target_name: "bioengine.codemodel", data: {} });
  await heard((all) => all.length > 0);
  return {
    said,
    heard,
    send: (data: Json) => client.send("comm_msg", { comm_id: id, data }),
    close: () => client.send("comm_close", { comm_id: id, data: {} }),
  };
}

const messages = [
  { role: "system", content: "Write cells." },
  { role: "user", content: "Count the nuclei — 2 × 2" },
];

/** All that the kernel says of one request, after where it goes. */
async function ask(running = kernel): Promise<Json[]> {
  const comm = await open(running);
  await comm.send({ messages });
  await comm.heard((all) => all.some(({ kind }) => kind === "end" || kind === "failure"));
  return comm.said().slice(1);
}

test("the kernel tells where a request would go, and nothing of the key", async () => {
  set({ url: `${server.url}/?key=query`, model: "writer", key: KEY });
  const comm = await open();
  expect(comm.said()).toEqual([
    { kind: "place", address: server.url, model: "writer", exposedFile: "", isUnencrypted: false },
  ]);
  expect(server.requests).toEqual([]);
});

test("the messages go to the address with the key, and the pieces come back", async () => {
  server.reply = streamed("const n", " = 1; // µm");
  expect(await ask()).toEqual([
    { kind: "piece", text: "const n" },
    { kind: "piece", text: " = 1; // µm" },
    { kind: "end", isCut: false },
  ]);
  const [request] = server.requests;
  expect(request?.path).toBe("/v1/chat/completions");
  expect(request?.headers.authorization).toBe(`Bearer ${KEY}`);
  expect(request?.body).toEqual({ model: "writer", messages, stream: true });
});

test("a character or an event that is split between two packets comes whole", async () => {
  server.reply = (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    const bytes = Buffer.from(`: still working\r\n\r\n${pieceEvent("µ × 2")}data: [DONE]\n\n`);
    const middle = bytes.indexOf(0xb5);
    response.write(bytes.subarray(0, middle), () =>
      setTimeout(() => response.end(bytes.subarray(middle)), 50),
    );
  };
  expect(await ask()).toEqual([
    { kind: "piece", text: "µ × 2" },
    { kind: "end", isCut: false },
  ]);
});

test("a server that does not stream is understood, and an answer that was cut is told", async () => {
  server.reply = (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ choices: [{ message: { content: "1;" }, finish_reason: "length" }] }));
  };
  expect(await ask()).toEqual([
    { kind: "piece", text: "1;" },
    { kind: "end", isCut: true },
  ]);
});

test("to close the comm ends the request", async () => {
  server.reply = unfinished("const");
  const comm = await open();
  await comm.send({ messages });
  await comm.heard((all) => all.some(({ kind }) => kind === "piece"));
  await comm.close();
  await expect.poll(() => server.cancelled.length).toBe(1);
  expect(comm.said().at(-1)).toEqual({ kind: "piece", text: "const" });
});

const refusals: [number, string, string][] = [
  [401, "key", `401: Incorrect key …`],
  [404, "address", "404: Incorrect key …"],
  [429, "limit", "429: Incorrect key …"],
  [500, "status", "500: Incorrect key …"],
];
for (const [status, reason, detail] of refusals) {
  test(`status ${status} is a failure for the reason "${reason}", without the key in the server's words`, async () => {
    server.reply = refused(status, `Incorrect key ${KEY}`);
    expect(await ask()).toEqual([{ kind: "failure", reason, detail }]);
  });
}

test("an error in the middle of the stream is a failure", async () => {
  server.reply = (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(`${pieceEvent("1")}data: {"error":{"message":"out of memory"}}\n\n`);
  };
  expect(await ask()).toEqual([
    { kind: "piece", text: "1" },
    { kind: "failure", reason: "status", detail: "out of memory" },
  ]);
});

test("a connection that breaks off, or never comes to be, is a failure", async () => {
  server.reply = (response) => {
    unfinished("1")(response);
    setTimeout(() => response.destroy(), 50);
  };
  expect((await ask()).at(-1)).toMatchObject({ kind: "failure", reason: "unreachable" });
  await server.close();
  expect(await ask()).toEqual([{ kind: "failure", reason: "unreachable", detail: "ECONNREFUSED" }]);
});

test("a server that is silent is given up after the time that is set", async () => {
  set({ url: server.url, model: "writer", seconds: 0.2 });
  server.reply = () => {};
  expect(await ask()).toEqual([{ kind: "failure", reason: "timeout", detail: "0.2" }]);
  await expect.poll(() => server.cancelled.length).toBe(1);
});

test("another address that the server names gets nothing", async () => {
  const other = await startChatServer();
  server.reply = (response) => {
    response.writeHead(307, { location: `${other.url}/chat/completions?key=query` });
    response.end();
  };
  expect(await ask()).toEqual([
    { kind: "failure", reason: "redirect", detail: `${other.url}/chat/completions` },
  ]);
  expect(other.requests).toEqual([]);
  await other.close();
});

test("what is no answer of a chat is a failure", async () => {
  server.reply = (response) => {
    response.writeHead(200, { "content-type": "text/html" });
    response.end("<html>Welcome</html>");
  };
  expect(await ask()).toEqual([{ kind: "failure", reason: "unreadable", detail: "" }]);
});

test("without settings nothing can be sent", async () => {
  rmSync(file);
  const comm = await open();
  expect(comm.said()).toEqual([{ kind: "unset", file }]);
  await comm.send({ messages });
  // The next comm is answered after that message.
  await open();
  expect(comm.said()).toHaveLength(1);
});

test("settings that can't be used are a failure that says why, and not what the file holds", async () => {
  const detailOf = async (settings: Json): Promise<string> => {
    set(settings);
    const [answer] = (await open()).said();
    expect(answer).toMatchObject({ kind: "failure", reason: "settings" });
    return answer.detail.replaceAll(file, "FILE");
  };
  expect(await detailOf(`{ key: "${KEY}" }`)).toBe(
    "Cannot ask a code model: FILE must be JSON that can be read, got other text",
  );
  expect(await detailOf({ url: server.url })).toBe(
    "Cannot ask a code model: model in FILE must be set, got nothing",
  );
  expect(await detailOf({ url: "localhost:1", model: "writer" })).toBe(
    "Cannot ask a code model: url in FILE must be an address such as https://host/v1, got localhost:1",
  );
  expect(await detailOf({ url: "http://me:secret@host/", model: "writer" })).toBe(
    "Cannot ask a code model: url in FILE must be an address such as https://host/v1, got one with a password",
  );
  expect(await detailOf({ url: server.url, model: "writer", key: "two\nlines" })).toBe(
    "Cannot ask a code model: key in FILE must be printable ASCII without spaces, got other characters",
  );
});

test("a key that others can read, or that goes over the network unencrypted, is told", async () => {
  set({ url: "http://models.example.org/v1", model: "writer", key: KEY }, 0o644);
  expect((await open()).said()).toEqual([
    {
      kind: "place",
      address: "http://models.example.org/v1",
      model: "writer",
      exposedFile: process.platform === "win32" ? "" : file,
      isUnencrypted: true,
    },
  ]);
});

test("the environment's settings are taken whole, and its key is kept from the cells", async () => {
  const own = await startKernel({
    BIOENGINE_HOME: home,
    BIOENGINE_CODE_MODEL_URL: `${server.url}/chat/completions`,
    BIOENGINE_CODE_MODEL_MODEL: "other",
  });
  server.reply = streamed("1");
  await ask(own);
  await own.stop();
  expect(server.requests[0]?.path).toBe("/v1/chat/completions");
  expect(server.requests[0]?.body.model).toBe("other");
  expect(server.requests[0]?.headers.authorization).toBeUndefined();
  expect(resultOf(await kernel.client.execute("String(process.env.BIOENGINE_CODE_MODEL_KEY)"))).toEqual({
    "text/plain": "'undefined'",
  });
});

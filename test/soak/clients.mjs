// The clients of the soak run: each kind does one thing again and again.
import { Agent, request } from "node:http";
import { createConnection } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { bad, good, inference, listed, random } from "./requests.mjs";

// Gives idle connections up long before the server does: who is busy for a second would else reuse one that is closed.
const agent = new Agent({ keepAlive: true, timeout: 10_000 });

/** One exchange; rejects if the connection breaks. */
function ask(url, { path, headers, body }, signal) {
  return new Promise((resolve, reject) => {
    const length = { "Content-Length": body.length };
    const sent = request(url + path, { method: "POST", headers: { ...length, ...headers }, agent, signal });
    sent.on("error", reject);
    sent.on("response", async (response) => {
      try {
        const chunks = [];
        for await (const chunk of response) chunks.push(chunk);
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) });
      } catch (error) {
        reject(error);
      }
    });
    sent.end(body);
  });
}

/** What an answer is: its status, marked if it is not one that is right. */
function outcome(answer, { right, check = () => true }) {
  if (!right.includes(answer.status)) return `WRONG ${answer.status}`;
  return answer.status === 200 && !check(answer) ? "WRONG content" : String(answer.status);
}

async function plain(url, make, next) {
  const made = make(next);
  return outcome(await ask(url, made), made);
}

/** A client that leaves: while it sends, while it waits, or when the answer begins. */
async function aborted(url, next) {
  const made = good(next);
  const signal = AbortSignal.timeout(1 + Math.floor(next() * 300));
  try {
    await ask(url, made, signal);
    return "answered before";
  } catch (error) {
    return error.name === "AbortError" || error.name === "TimeoutError" ? "left" : `WRONG ${error.code}`;
  }
}

/** Bare bytes on a connection, that is then left or half closed. */
async function garbage(url, next) {
  const socket = createConnection(Number(new URL(url).port), "127.0.0.1");
  let answer = "";
  socket.on("data", (chunk) => (answer += chunk.toString("latin1"))).on("error", () => {});
  const head = "POST /v2/models/stardist/infer HTTP/1.1\r\n";
  const texts = ["\0\x01\x02\r\n\r\n", "GET / HTTP/9\r\n\r\n", `${head}Content-Length: -1\r\n\r\n`];
  texts.push(`${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, `${head}X: ${"x".repeat(20_000)}\r\n\r\n`);
  socket.write(Buffer.from(texts[Math.floor(next() * texts.length)], "latin1"));
  const closed = new Promise((resolve) => socket.on("close", () => resolve(true)));
  const ended = await Promise.race([closed, pause(10_000, false)]);
  socket.destroy();
  return ended && /^HTTP\/1\.1 4\d\d /.test(answer) ? answer.slice(9, 12) : "WRONG not refused";
}

/** A body in small pieces, over seconds. */
async function slow(url, next) {
  const made = inference("stardist", 100, next);
  const sent = request(url + made.path, {
    method: "POST",
    agent,
    headers: { ...made.headers, "Content-Length": made.body.length },
  });
  const answered = new Promise((resolve, reject) => {
    sent.on("error", reject).on("response", (response) => {
      response
        .on("end", () => resolve({ status: response.statusCode, headers: {}, body: undefined }))
        .resume();
    });
  });
  answered.catch(() => {});
  for (let position = 0; position < made.body.length; position += 1000) {
    sent.write(made.body.subarray(position, position + 1000));
    await pause(50 + next() * 200);
  }
  sent.end();
  return outcome(await answered, { right: [200] });
}

/** 32 images of 1024² at once. */
async function burst(url, next) {
  const made = inference("cellpose-python", 1024, next);
  const outcomes = await Promise.all(
    Array.from({ length: 32 }, async () => {
      const controller = new AbortController();
      const timer = setTimeout(() => controller.abort(), next() < 0.95 ? 50 + next() * 3000 : 600_000);
      try {
        return outcome(await ask(url, made, controller.signal), { ...made, right: [200, 503] });
      } catch (error) {
        return error.name === "AbortError" ? "left" : `WRONG ${error.code}`;
      } finally {
        clearTimeout(timer);
      }
    }),
  );
  return outcomes;
}

/** The kinds: how many clients there are, how long each rests after an exchange, and what it does. */
const kinds = {
  good: { clients: 3, restMs: 50, run: (url, next) => plain(url, good, next) },
  listed: { clients: 1, restMs: 1000, run: (url, next) => plain(url, listed, next) },
  bad: { clients: 2, restMs: 100, run: (url, next) => plain(url, bad, next) },
  aborted: { clients: 2, restMs: 100, run: aborted },
  garbage: { clients: 1, restMs: 200, run: garbage },
  slow: { clients: 2, restMs: 100, run: slow },
  burst: { clients: 1, restMs: 30_000, run: burst },
};

/**
 * Let all clients at a server until a signal; then each ends what it does.
 *
 * @param record called with the kind, the outcome or outcomes, and the milliseconds of each exchange
 */
export async function runClients(url, signal, record) {
  const runs = Object.entries(kinds).flatMap(([kind, { clients, restMs, run }], place) =>
    Array.from({ length: clients }, async (_, client) => {
      const next = random(1000 * place + client + 1);
      while (!signal.aborted) {
        const start = performance.now();
        try {
          record(kind, [await run(url, next)].flat(), performance.now() - start);
        } catch (error) {
          record(kind, [`WRONG ${error.code ?? error.message}`], performance.now() - start);
        }
        await pause(restMs, undefined, { signal }).catch(() => {});
      }
    }),
  );
  await Promise.all(runs);
}

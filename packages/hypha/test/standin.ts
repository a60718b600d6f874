import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { packImjoy } from "@bioengine/triton";
import { onTestFinished } from "vitest";

/** What a stand-in answers: a body of msgpack, or anything else; `"never"` leaves the caller without an answer. */
export type Answer =
  | { readonly value: unknown }
  | { readonly status?: number; readonly body: string; readonly headers?: Record<string, string> }
  | "never";

export interface StandIn {
  readonly url: string;
  /** What it was asked, e.g. `"POST /a/services/c%3Ar/infer"`. */
  readonly asked: string[];
  readonly tokens: (string | undefined)[];
}

/**
 * An HTTP server that answers as Hypha never or seldom does, until the test ends.
 *
 * @param answers by the last part of the path: one, or one for each time, the last of them from then on
 */
export async function standIn(answers: Readonly<Record<string, Answer | Answer[]>>): Promise<StandIn> {
  const asked: string[] = [];
  const tokens: (string | undefined)[] = [];
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = request.url?.replace(/\?.*/, "") ?? "";
    const name = path.slice(path.lastIndexOf("/") + 1);
    asked.push(`${request.method} ${path}`);
    tokens.push(request.headers.authorization);
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    const listed = [answers[name] ?? []].flat();
    const answer = listed[Math.min(count, listed.length - 1)] ?? {
      status: 404,
      body: '{"detail":"Not Found"}',
    };
    request.resume();
    request.on("end", () => {
      if (answer === "never") return;
      if ("value" in answer) response.end(packImjoy(answer.value));
      else response.writeHead(answer.status ?? 200, answer.headers).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, tokens };
}

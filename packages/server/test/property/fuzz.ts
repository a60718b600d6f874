import fc from "fast-check";
import { afterAll, beforeAll, expect, vi } from "vitest";
import { type RunningServer, serveModels } from "../../src/server";
import { type Answer, ask } from "../client";
import { recordedModels } from "../recordedmodels";

// The same examples each time.
fc.configureGlobal({ seed: 20_260, numRuns: 300 });

/** Statuses that a request can have for its own fault, or a model's. */
const statuses = [200, 204, 400, 404, 405, 408, 413, 417, 431, 500, 501, 503];

/** A server of the recorded models, while the tests of a file run. What goes wrong in it fails the test. */
export function fuzzedServer(): { readonly url: string } {
  let server: RunningServer | undefined;
  beforeAll(async () => {
    // The models fail on purpose, and say so.
    vi.spyOn(console, "error").mockImplementation(() => {});
    server = await serveModels(recordedModels, {}, { headMs: 2000, paceMs: 2000, lingerMs: 2000 });
  });
  afterAll(async () => {
    await server?.close();
    vi.restoreAllMocks();
  });
  return {
    get url() {
      if (server === undefined) throw new Error("The server runs only while the tests run");
      return server.url;
    },
  };
}

/** Expect a status, and the JSON of an error where it is none of success. */
export function expectAnswer({ status, body, headers }: Answer): void {
  expect(statuses).toContain(status);
  if (status < 300) return;
  expect(headers["content-type"]).toBe("application/json");
  const { error } = JSON.parse(body.toString());
  expect(error).toEqual(expect.any(String));
  expect(error).not.toMatch(/^internal error/);
}

export interface Sent {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: Uint8Array;
}

/** Send a request, and expect an answer; then expect that the server is as well as before. */
export async function expectAnswered(
  url: string,
  { path, method = "POST", headers, body }: Sent,
): Promise<Answer> {
  const answer = await ask(url + path, { method, headers, body });
  if (method !== "HEAD") expectAnswer(answer);
  return answer;
}

export const modelNames: readonly string[] = recordedModels.map(({ name }) => name);

/** The path of an inference by one of the models. */
export const inferPath: fc.Arbitrary<string> = fc
  .constantFrom(...modelNames)
  .map((name) => `/v2/models/${name}/infer`);

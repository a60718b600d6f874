import { deflateSync, gunzipSync, gzipSync, inflateSync } from "node:zlib";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Transcript, transcripts } from "../../triton/test/transcript";
import { type RunningServer, serveModels } from "../src/server";
import { type Answer, ask } from "./client";
import { recordedModels } from "./recordedmodels";

// Every request that was sent to a real Triton, sent to this server, with models that compute the same.

let server: RunningServer;

beforeAll(async () => {
  server = await serveModels(recordedModels);
});

afterAll(() => server.close());

/** Where this server answers otherwise, and why. */
const deviations: Record<string, string> = {
  "server metadata": "another server, of fewer extensions",
  "metadata with Accept-Encoding": "another server, of fewer extensions",
  "whole number written as a fraction": "JavaScript has no 1.0 beside 1: both are taken",
  "required input missing, optional given": "Triton runs the model without it; here it is a refusal",
  "raw request of a broken size": "Triton names the input raw_input, as it is called inside",
  "model raises": "the words of JavaScript's error, not of Python's",
  "sequence: id is text": "Triton hands on where the text lies in its memory",
};

function send({ request }: Transcript): Promise<Answer> {
  const raw = Buffer.from(request.body, "latin1");
  const compress = { gzip: gzipSync, deflate: deflateSync };
  const body = request.compress ? compress[request.compress](raw) : raw;
  const { method, path, headers } = request;
  return ask(server.url + path, { method, headers, body: new Uint8Array(body) });
}

function plain({ headers, body }: Answer): Buffer {
  if (headers["content-encoding"] === "gzip") return gunzipSync(body);
  return headers["content-encoding"] === "deflate" ? inflateSync(body) : body;
}

/** What says who runs the model, which is not this server's to copy. */
const anonymous = (body: string): string =>
  body
    .replace(/"platform":"(python|bioengine)"/, '"platform":""')
    .replace(/"backend":"(python|bioengine)"/, '"backend":""')
    .replace('"default_model_filename":"model.py"', '"default_model_filename":""')
    .replaceAll('"enable":true', '"enable":false');

const conforming = transcripts.filter(({ title }) => deviations[title] === undefined);

test.each(conforming)("startServer() answers $title as a real Triton", async (transcript) => {
  const { response, request } = transcript;
  const answer = await send(transcript);
  expect({ status: answer.status, body: anonymous(plain(answer).toString("latin1")) }).toEqual({
    status: response.status,
    body: request.method === "HEAD" ? "" : anonymous(response.body),
  });
  for (const name of ["Inference-Header-Content-Length", "Content-Encoding", "Accept-Encoding"]) {
    expect([name, answer.headers[name.toLowerCase()]]).toEqual([name, response.headers[name]]);
  }
  // Triton calls half of its JSON errors text.
  if (answer.status === 200) expect(answer.headers["content-type"]).toBe(response.headers["Content-Type"]);
  expect(answer.headers["content-length"]).toBe(
    String(request.method === "HEAD" ? response.body.length : answer.body.length),
  );
});

const titled = (title: string): Transcript => {
  const found = transcripts.find((one) => one.title === title);
  if (!found) throw new Error(`no transcript ${title}`);
  return found;
};

test("startServer() takes 1.0 for a whole number", async () => {
  expect((await send(titled("whole number written as a fraction"))).status).toBe(200);
});

test("startServer() refuses a request without a required input", async () => {
  const { status, body } = await send(titled("required input missing, optional given"));
  expect(status).toBe(400);
  expect(JSON.parse(body.toString()).error).toBe(
    "[request id: <id_unknown>] expected number of inputs between 1 and 2 but got 1 inputs for model 'cellpose-python'. Got input(s) ['param'], but missing required input(s) ['image']. Please provide all required input(s).",
  );
});

test("startServer() answers 500 with the words of a model that fails", async () => {
  vi.spyOn(console, "error").mockImplementationOnce(() => {});
  const { status, body } = await send(titled("model raises"));
  expect(status).toBe(500);
  expect(JSON.parse(body.toString()).error).toBe(
    "Failed to process the request(s) for model 'always-error', message: Error: boom: model raised on purpose",
  );
});

test("startServer() hands a sequence's id on as it came", async () => {
  const { status, body } = await send(titled("sequence: id is text"));
  expect(status).toBe(200);
  expect(JSON.parse(body.toString()).outputs[0].data[0]).toContain('"corrid": "abc"');
});

test("startServer() says what it is and can", async () => {
  expect(JSON.parse((await send(titled("server metadata"))).body.toString())).toEqual({
    name: "bioengine",
    version: expect.any(String),
    extensions: [
      ...["model_repository", "model_configuration", "binary_tensor_data", "parameters", "statistics"],
      ...["sequence", "progress"],
    ],
  });
});

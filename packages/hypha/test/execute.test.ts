import { zeros } from "@bioengine/ndarray";
import { ConnectionError, DecodeError, HttpError, TimeoutError } from "@bioengine/triton";
import { expect, test } from "vitest";
import { type ExecuteOnHyphaOptions, executeOnHypha } from "../src/execute";
import { ModelError } from "../src/modelerror";
import { type Answer, standIn } from "./standin";

const serviceId = "lab/worker:runner";
const inputs = zeros([2, 2]);

const failure = async (
  answers: Readonly<Record<string, Answer | Answer[]>>,
  options: Partial<ExecuteOnHyphaOptions> = {},
) => {
  const server = await standIn(answers);
  const call = { inputs, modelName: "m", serverUrl: server.url, serviceId, ...options };
  const error = await executeOnHypha(call).catch((thrown: unknown) => thrown);
  if (!(error instanceof Error)) throw new Error("Nothing was thrown");
  return { error, message: error.message.replaceAll(server.url, "URL"), server };
};

const request = { value: "ij-1" };
const unfinished = { value: { state: "running", completed_at: null, result: null } };
const finished = (result: unknown) => ({ value: { state: "completed", completed_at: 3.5, result } });

test("executeOnHypha() asks again until the request is completed, and sends the token each time", async () => {
  const server = await standIn({
    runner: { body: '{"id": "lab/worker-2:runner"}' },
    infer: request,
    get_infer_status: [unfinished, finished({ labels: zeros([1], "int32"), mask: zeros([1], "float32") })],
  });
  const call = { inputs, modelName: "m", serverUrl: server.url, serviceId: "lab/runner", token: "t" };
  const { labels, mask, __info__ } = await executeOnHypha(call);
  expect([labels.role, mask.role]).toEqual(["labels", undefined]);
  expect(__info__).toMatchObject({ id: "ij-1", service: "lab/runner" });
  expect(server.asked).toEqual([
    "GET /lab/services/runner",
    "POST /lab/services/worker-2%3Arunner/infer",
    "POST /lab/services/worker-2%3Arunner/get_infer_status",
    "POST /lab/services/worker-2%3Arunner/get_infer_status",
  ]);
  expect(new Set(server.tokens)).toEqual(new Set(["Bearer t"]));
});

test("executeOnHypha() asks again after a status that passes, and never submits twice", async () => {
  const busy = { status: 503, body: "busy" };
  const server = await standIn({ infer: request, get_infer_status: [busy, finished({ a: 1 })] });
  const { a } = await executeOnHypha({ inputs, modelName: "m", serverUrl: server.url, serviceId });
  expect(a).toBe(1);
  const { error, message, server: down } = await failure({ infer: busy });
  expect(error).toBeInstanceOf(HttpError);
  expect(message).toBe('Cannot execute m: URL answered 503: "busy"');
  expect(down.asked).toHaveLength(1);
});

test("executeOnHypha() waits at most 2 s for a cancellation that is not answered", async () => {
  const start = performance.now();
  const answers = { infer: request, get_infer_status: unfinished, cancel_request: "never" } as const;
  const { error, server } = await failure(answers, { timeoutMs: 500 });
  expect(error).toBeInstanceOf(TimeoutError);
  expect(server.asked.at(-1)).toBe("POST /lab/services/worker%3Arunner/cancel_request");
  expect(performance.now() - start).toBeLessThan(4000);
});

test("executeOnHypha() doesn't cancel what failed by itself", async () => {
  const detail = `RemoteException: KeyError: "Unknown request_id 'ij-1'"`;
  const forgotten = { status: 404, body: JSON.stringify({ success: false, detail }) };
  const { error, message, server } = await failure({ infer: request, get_infer_status: forgotten });
  expect(error).toMatchObject({ name: "HttpError", status: 404, serverMessage: detail, modelName: "m" });
  expect(message).toBe(
    `Cannot execute m: lab/worker:runner answered 404: KeyError: "Unknown request_id 'ij-1'"`,
  );
  expect(server.asked.filter((line) => line.endsWith("cancel_request"))).toEqual([]);
});

test("executeOnHypha() says that a request failed without a reason", async () => {
  const failed = { value: { state: "failed", completed_at: 3.5, result: null } };
  const { error, message } = await failure({ infer: request, get_infer_status: failed });
  expect(error).toBeInstanceOf(ModelError);
  expect(message).toContain("Cannot execute m: request failed (in lab/worker:runner");
});

test("executeOnHypha() says that a server is no Hypha server", async () => {
  const page = { body: "<!doctype html>" };
  const chosen = await failure({ runner: page }, { serviceId: "lab/runner" });
  expect(chosen.error).toBeInstanceOf(DecodeError);
  expect(chosen.message).toBe('Cannot execute m: URL must be a Hypha server, got "<!doctype html>"');
  const called = await failure({ infer: page });
  expect(called.error).toBeInstanceOf(DecodeError);
  const missing = await failure({ infer: { status: 404, body: '{"error":"Not Found"}' } });
  expect(missing.message).toBe(
    String.raw`Cannot execute m: serverUrl must be that of a Hypha server, got 404 and "{\"error\":\"Not Found\"}" from URL`,
  );
});

test("executeOnHypha() says where a server redirects to", async () => {
  const headers = { Location: "https://hypha.example/" };
  const { message } = await failure({ infer: { status: 307, body: "", headers } });
  expect(message).toBe(
    "Cannot execute m: serverUrl must not redirect, got 307 from URL; give the server that it redirects to, https://hypha.example/",
  );
});

test("executeOnHypha() says that a worker doesn't answer", async () => {
  const body = '{"success":false,"detail":"TimeoutError: Method call timed out: infer"}';
  const { error, message } = await failure({ infer: { status: 504, body } });
  expect(error).toMatchObject({ status: 504 });
  expect(message).toBe(
    "Cannot execute m: lab/worker:runner must answer, got none (TimeoutError: Method call timed out: infer); its worker may be gone or busy: try again later",
  );
});

test("executeOnHypha() says what it can't read", async () => {
  const array = { _rtype: "ndarray", _rvalue: new Uint8Array(8), _rshape: [1], _rdtype: "complex64" };
  const { error, message } = await failure({ infer: { value: { a: array } } });
  expect(error).toBeInstanceOf(DecodeError);
  expect(message).toMatch(/^Cannot execute m: URL sent what can't be read. .*got complex64/);
  for (const value of [null, 3, []]) {
    const { error } = await failure({ infer: { value } });
    expect(error).toBeInstanceOf(DecodeError);
  }
});

test("executeOnHypha() checks its options before it sends anything", async () => {
  const messages: [object, string][] = [
    [{ model_name: "m" }, "got model_name; write { modelName: … }"],
    [{ compression: "gzip" }, "Cannot execute: options must be among inputs, modelName,"],
    [{ modelName: "" }, "Cannot execute: modelName must be a model's name"],
    [
      { serviceId: "model-runner" },
      'Cannot execute m: serviceId must be "workspace/service", got "model-runner"; write serviceId: "bioimage-io/model-runner"',
    ],
    [{ serviceId: "a/b/c" }, 'Cannot execute m: serviceId must be "workspace/service", got "a/b/c"'],
    [{ serverUrl: "hypha.aicell.io" }, 'write serverUrl: "https://hypha.aicell.io"'],
    [{ timeoutMs: 0 }, "timeoutMs must be 1 to"],
    [{ inputs: 3 }, "Cannot execute m: inputs must be an NdArray or the URL of an array, got 3"],
  ];
  for (const [options, part] of messages) {
    const { message, server } = await failure({}, options);
    expect(message).toContain(part);
    expect(server.asked).toEqual([]);
  }
});

test("executeOnHypha() says that nobody answers", async () => {
  const call = { inputs, modelName: "m", serverUrl: "http://127.0.0.1:9", serviceId, retries: 0 };
  await expect(executeOnHypha(call)).rejects.toBeInstanceOf(ConnectionError);
});

import { expect, test } from "vitest";
import { normalizeServerUrl } from "../src/serverurl";

const normalize = (url: unknown) => normalizeServerUrl(url, "execute");

test.each([
  ["http://127.0.0.1:8000", "http://127.0.0.1:8000"],
  ["http://127.0.0.1:8000/", "http://127.0.0.1:8000"],
  [" HTTP://Example.org:80// ", "http://example.org"],
  ["https://hypha.example.org/triton/", "https://hypha.example.org/triton"],
  ["http://[::1]:8000", "http://[::1]:8000"],
])("normalizeServerUrl() makes of %s the URL that paths are appended to", (given, url) => {
  expect(normalize(given)).toBe(url);
});

test.each([
  ["127.0.0.1:8000", 'write serverUrl: "http://127.0.0.1:8000"'],
  ["localhost:8000", 'write serverUrl: "http://localhost:8000"'],
  ["//gpu:8000", 'write serverUrl: "http://gpu:8000"'],
  ["ai.example.org/triton", 'write serverUrl: "https://ai.example.org/triton"'],
  ["ws://gpu:8000", 'write serverUrl: "http://gpu:8000"'],
  ["http://gpu:8000/?a=1", 'write serverUrl: "http://gpu:8000"'],
  ["https://me:secret@gpu/x/", 'write serverUrl: "https://gpu/x"'],
  ["http://gpu:99999", 'must be a URL, got "http://gpu:99999"'],
])("normalizeServerUrl() shows what to write for %s", (given, advice) => {
  expect(() => normalize(given)).toThrow(advice);
});

test("normalizeServerUrl() refuses a missing URL", () => {
  expect(() => normalize(undefined)).toThrow(TypeError);
  expect(() => normalize("")).toThrow('such as "http://127.0.0.1:8000", got ""');
});

test("normalizeServerUrl() says who takes several servers", () => {
  expect(() => normalize(["http://a", "http://b"])).toThrow("must be one URL, got 2; for many inputs");
});

import { expect, test } from "vitest";
import { JsonError, parseJson } from "../src/json";
import { bytesOf, transcripts } from "./transcript";

const parse = (text: string) => parseJson(new TextEncoder().encode(text));

test("parseJson() reads what JSON.parse reads, alike", () => {
  for (const text of [
    "null",
    ' {"a" : [1, -2.5e-3, 0, -0, 1E5, true, false, null, {}], "b":"x", "":[]}\n',
    '"\\u00e9\\n\\t\\b\\f\\r\\/\\"\\\\ \\ud83d\\ude00 é 😀"',
    "[[[]],[{}]]",
    "123456789012345",
    "0.1",
    "4.35",
    "1.7976931348623157e308",
  ]) {
    expect(parse(text)).toEqual(JSON.parse(text));
  }
});

test("parseJson() keeps what JSON.parse loses or refuses", () => {
  expect(parse("[NaN, Infinity, -Infinity, Inf, -Inf]")).toEqual([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ]);
  expect(parse("[9007199254740991, 9007199254740993, 18446744073709551615, -9223372036854775808]")).toEqual([
    9007199254740991,
    9007199254740993n,
    18446744073709551615n,
    -9223372036854775808n,
  ]);
  expect(parse("18446744073709551616")).toBe(2 ** 64);
  expect(parseJson(bytesOf('"\x7f\xff\\u0001"'))).toEqual(Uint8Array.of(0x7f, 0xff, 1));
});

test("parseJson() takes __proto__ for a name like any other", () => {
  const parsed = parse('{"__proto__":{"polluted":1}}');
  expect(Object.keys(parsed as object)).toEqual(["__proto__"]);
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});

const failures = transcripts.filter(({ response }) => response.body.includes("the request JSON buffer"));

test.each(failures)("parseJson() refuses $title in Triton's words", ({ request, response }) => {
  const length = Number(request.headers["Inference-Header-Content-Length"] ?? request.body.length);
  const said = JSON.parse(response.body).error.replace("failed to parse the request JSON buffer: ", "");
  expect(() => parseJson(bytesOf(request.body).subarray(0, length))).toThrow(new JsonError(said));
});

test("parseJson() refuses nesting that would exhaust the stack", () => {
  expect(() => parse("[".repeat(100_000))).toThrow("Nested deeper than 512 levels. at 512");
});

import { join } from "node:path";
import { expect, test } from "vitest";
import { isOwn, ownErrorText } from "../src/ownerror";

const own = join(__dirname, "../../packages/imageio/src/imread.ts");
const other = join(__dirname, "../../node_modules/vitest/dist/index.js");

function failure(message: string, files: readonly string[], cause?: Error): Error {
  const error = new Error(message, { cause });
  error.stack = [
    `Error: ${message}`,
    ...files.map((file, index) => `    at f${index} (${file}:${index + 1}:7)`),
  ].join("\n");
  return error;
}

test("isOwn() knows bioengine's packages from others, cells and Node.js", () => {
  expect([own, other, "Cell [3]", "fails.ts", "node:fs"].map(isOwn)).toEqual([
    true,
    ...[false, false, false, false],
  ]);
});

test("ownErrorText() has the lines of cells and of other packages, and a cause that is news", () => {
  const frames = [own, "node:fs", own, "Cell [2]", other, "fails.ts"];
  const kept = "\n    at f3 (Cell [2]:4:7)\n    at f4 (FILE:5:7)\n    at f5 (fails.ts:6:7)";
  const message = "Cannot read a.tif: it is broken\nat its end: twice";
  expect(ownErrorText(failure(message, frames))).toBe(`Error: ${message}${kept.replace("FILE", other)}`);
  const news = failure(message, [own], failure("offset out of range", [other]));
  expect(ownErrorText(news)).toBe(`Error: ${message}\nCause: Error: offset out of range`);
  const known = failure(message, [own], failure("Cannot open a.tif: it is broken", [own]));
  expect(ownErrorText(known)).toBe(`Error: ${message}`);
  const ofSystem = Object.assign(failure("ENOENT: no such file", []), { code: "ENOENT" });
  expect(ownErrorText(failure(message, [own], ofSystem))).toBe(`Error: ${message}`);
});

test("ownErrorText() leaves other errors alone: of others' making, of V8, or without a stack", () => {
  const meant = "Cannot read a.tif: it is broken";
  expect(ownErrorText(failure(meant, ["Cell [2]", own]))).toBeUndefined();
  expect(ownErrorText(failure(meant, [other, own]))).toBeUndefined();
  for (const message of [
    "Cannot read properties of undefined (reading 'x')",
    "Cannot redefine property: x",
  ]) {
    expect(ownErrorText(failure(message, [own]))).toBeUndefined();
  }
  expect(ownErrorText(Object.assign(new Error(meant), { stack: undefined }))).toBeUndefined();
});

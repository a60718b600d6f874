import { inspect } from "node:util";
import { ndarray, zeros } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { readableResults } from "../src/resulttext";

const made = {
  serverUrl: "http://127.0.0.1:8000",
  modelName: "stardist",
  modelVersion: "1",
  milliseconds: 12.4,
};
const mask = ndarray(Uint16Array.of(1, 1, 0, 0, 0, 2), [1, 2, 3], { role: "labels" });

test("readableResults() print what was found and who found it, and stay as they are", () => {
  const results = { mask, info: [{ count: 2 }], __info__: made };
  expect(readableResults(results)).toBe(results);
  expect(Object.keys(results)).toEqual(["mask", "info", "__info__"]);
  expect(inspect(results).split("\n")).toEqual([
    "Results of stardist from http://127.0.0.1:8000 in 12 ms",
    "mask: Mask [2, 3] uint16: 2 objects (labels 1 to 2), 50% covered",
    "Area in px: min 1, 25% 1.25, median 1.5, 75% 1.75, max 2; median diameter 1.382 px",
    "Touching the edge: 2 of 2 (100%)",
    "info: [ { count: 2 } ]",
  ]);
});

test("readableResults() are one line in a list, and at most 1,200 characters", () => {
  const results = readableResults({ mask: zeros([2, 2]), info: ["x".repeat(5000)], __info__: made });
  expect(inspect([results])).toContain(
    "[\n  Results of stardist from http://127.0.0.1:8000 in 12 ms { mask, info }\n]",
  );
  expect(inspect(results).length).toBe(1200);
});

import { expect, test } from "vitest";
import { variableNames } from "../src/notebook/notebookdata";

test("variableNames() finds what cells declare at their top level", () => {
  const sources = [
    "const image = await f();\nlet n: number;\nif (n) {\n  const inner = 1;\n}",
    "const { mask, info: facts, k = 2, ...rest } = g();\nvar [a, b] = h();\nconst image = 2;",
  ];
  expect(variableNames(sources)).toEqual(["image", "n", "mask", "facts", "k", "rest", "a", "b"]);
});

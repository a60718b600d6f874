import { expect, test } from "vitest";
import { dataSection, variableNames } from "../src/notebookdata";

test("variableNames() finds what cells declare at their top level", () => {
  const sources = [
    "const image = await f();\nlet n: number;\nif (n) {\n  const inner = 1;\n}",
    "const { mask, info: facts, k = 2, ...rest } = g();\nvar [a, b] = h();\nconst image = 2;",
  ];
  expect(variableNames(sources)).toEqual(["image", "n", "mask", "facts", "k", "rest", "a", "b"]);
});

test("dataSection() lists the variables, and keeps the last ones in its budget", () => {
  expect(dataSection([{ name: "image", description: "NdArray [2, 3] uint16" }])).toBe(
    "## The notebook's variables\n\nThey are there from earlier cells; use them by name:\n\n- `image`: NdArray [2, 3] uint16\n",
  );
  const many = Array.from({ length: 60 }, (_, index) => ({
    name: `v${index}`,
    description: "x".repeat(160),
  }));
  const text = dataSection(many);
  expect(text.length).toBeLessThanOrEqual(2000);
  expect(text).toContain("`v59`");
  expect(text).not.toContain("`v0`");
  const [, omitted] = /and (\d+) more/.exec(text) ?? [];
  expect(Number(omitted) + text.split("- `v").length - 1).toBe(60);
});

test("dataSection() says when there is nothing", () => {
  expect(dataSection([])).toContain("There are none yet");
});

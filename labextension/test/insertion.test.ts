import { nullTranslator } from "@jupyterlab/translation";
import { expect, test } from "vitest";
import { insertionObstacle } from "../src/notebook/insertion";

const trans = nullTranslator.load("");

test("insertionObstacle() lets snippets into a TypeScript notebook, whatever its kernel is called", () => {
  expect(
    insertionObstacle({ language: "typescript", kernelName: "TypeScript (BioEngine)" }, trans),
  ).toBeNull();
  expect(insertionObstacle({ language: "TypeScript", kernelName: "Deno" }, trans)).toBeNull();
});

test("insertionObstacle() says what is in the way", () => {
  expect(insertionObstacle(null, trans)).toBe("Open a notebook to insert snippets.");
  expect(insertionObstacle({ language: "python", kernelName: "Python 3" }, trans)).toBe(
    "This notebook's kernel is Python 3. Choose a TypeScript kernel to insert snippets.",
  );
  expect(insertionObstacle({ language: "", kernelName: "" }, trans)).toBe(
    "This notebook has no kernel. Choose a TypeScript kernel to insert snippets.",
  );
});

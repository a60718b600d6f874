import { expect, test } from "vitest";
import { insertionObstacle } from "../src/insertion";

test("insertionObstacle() lets snippets into a TypeScript notebook, whatever its kernel is called", () => {
  expect(insertionObstacle({ language: "typescript", kernelName: "TypeScript (BioEngine)" })).toBeNull();
  expect(insertionObstacle({ language: "TypeScript", kernelName: "Deno" })).toBeNull();
});

test("insertionObstacle() says what is in the way", () => {
  expect(insertionObstacle(null)).toBe("Open a notebook to insert snippets.");
  expect(insertionObstacle({ language: "python", kernelName: "Python 3" })).toBe(
    "This notebook's kernel is Python 3. Choose a TypeScript kernel to insert snippets.",
  );
  expect(insertionObstacle({ language: "", kernelName: "" })).toBe(
    "This notebook has no kernel. Choose a TypeScript kernel to insert snippets.",
  );
});

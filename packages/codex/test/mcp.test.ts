import { expect, test } from "vitest";
import { codexInstructions, mcpPrompt, mcpResources } from "../src/index";

test("mcpResources() are the instructions and each reference, with distinct addresses", () => {
  const resources = mcpResources();
  expect(resources[0]).toMatchObject({ uri: "bioengine://instructions", text: codexInstructions() });
  expect(new Set(resources.map(({ uri }) => uri)).size).toBe(resources.length);
  expect(resources.find(({ uri }) => uri === "bioengine://references/measure")).toMatchObject({
    name: "Measure",
    mimeType: "text/markdown",
    description: expect.stringContaining("Histogram of a column"),
  });
});

test("mcpResources() with a serverUrl have it in their cells", () => {
  const serverUrl = "http://127.0.0.1:8123";
  const texts = mcpResources({ serverUrl }).filter(({ text }) => text.includes("await execute({\n"));
  expect(texts.length).toBeGreaterThan(1);
  for (const { text, uri } of texts) expect(text, uri).toContain(`serverUrl: "${serverUrl}"`);
});

test("mcpPrompt() ends with the task", () => {
  const [message] = mcpPrompt("Count the nuclei").messages;
  expect(message?.content.text.startsWith(codexInstructions())).toBe(true);
  expect(message?.content.text).toMatch(/## Task\n\nCount the nuclei\n$/);
});

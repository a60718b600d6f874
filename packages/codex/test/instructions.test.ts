import { expect, test } from "vitest";
import { codexInstructions, recipes } from "../src/index";

const codeBlocks = (markdown: string) =>
  [...markdown.matchAll(/```ts\n([\s\S]*?)\n```/g)].map((match) => match[1]);

test("codexInstructions() holds every recipe's cell unchanged", () => {
  expect(codeBlocks(codexInstructions())).toEqual(recipes().map((recipe) => recipe.code));
});

test("codexInstructions() with a serverUrl puts it into every call of a model on Triton", () => {
  const serverUrl = "http://127.0.0.1:8123";
  const calls = codeBlocks(codexInstructions({ serverUrl })).filter(
    (code) => code?.includes("modelName") && !code.includes('backend: "hypha"'),
  );
  expect(calls.length).toBeGreaterThan(0);
  for (const code of calls) expect(code).toContain(`serverUrl: "${serverUrl}"`);
});

test("recipes() only require variables that an earlier recipe makes", () => {
  const made = new Set<string>();
  for (const recipe of recipes()) {
    for (const name of recipe.requires) expect(made, recipe.title).toContain(name);
    for (const match of recipe.code.matchAll(/^const (\w+) =/gm)) made.add(match[1] ?? "");
  }
});

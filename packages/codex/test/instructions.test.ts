import { expect, test } from "vitest";
import { codexInstructions, recipes } from "../src/index";

const codeBlocks = (markdown: string) =>
  [...markdown.matchAll(/```ts\n([\s\S]*?)\n```/g)].map((match) => match[1]);

test("codexInstructions() holds the cell of every recipe that is not rare, and the calls", () => {
  const common = recipes().filter(({ isRare }) => !isRare);
  const blocks = codeBlocks(codexInstructions());
  expect(blocks.slice(0, -1)).toEqual(common.map((recipe) => recipe.code));
  expect(blocks.at(-1)).toContain("thresholdOtsu(image);");
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

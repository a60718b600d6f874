import { expect, test } from "vitest";
import * as codex from "../src/index";

test("@bioengine/codex exports these names", () => {
  expect(Object.keys(codex).sort()).toEqual([
    "chatInstructions",
    "codexInstructions",
    "describeServed",
    "fillFields",
    "mcpPrompt",
    "mcpResources",
    "models",
    "recipes",
    "snippets",
    "variableSection",
    "views",
  ]);
});

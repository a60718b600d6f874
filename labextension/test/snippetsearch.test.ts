import { snippets } from "@bioengine/codex";
import { expect, test } from "vitest";
import { searchSnippets } from "../src/snippets/snippetsearch";

const made = [
  { title: "Read", description: "an image", category: "Files", code: "imread()" },
  { title: "Count", description: "cells", category: "Measure", code: "label(mask)" },
  { title: "Save", description: "a table", category: "Files", code: "toCsv()" },
];

test("searchSnippets() groups by category in the original order", () => {
  expect(searchSnippets(made, "")).toEqual([
    { category: "Files", snippets: [made[0], made[2]] },
    { category: "Measure", snippets: [made[1]] },
  ]);
});

test("searchSnippets() finds all words anywhere, in any order and case", () => {
  expect(searchSnippets(made, "  CSV files ")).toEqual([{ category: "Files", snippets: [made[2]] }]);
  expect(searchSnippets(made, "label cells")).toEqual([{ category: "Measure", snippets: [made[1]] }]);
  expect(searchSnippets(made, "csv cells")).toEqual([]);
});

test("searchSnippets() loses none of the product's snippets", () => {
  expect(searchSnippets(snippets, "").flatMap((group) => group.snippets)).toHaveLength(snippets.length);
});

import { expect, test } from "vitest";
import { snippetCompletions } from "../src/snippets/snippetcompletion";

const make = (title: string, code: string) => ({ title, code, description: "", category: "", fields: [] });
const made = [
  make("Read an image", 'import { imread } from "bioengine";\n\nconst image = await imread("a.tif");'),
  make("Save the table as CSV", "save(table);"),
  make("Save the mask", "save(mask);"),
];

test("snippetCompletions() gives the rest of what a cell begins with, with or without imports", () => {
  expect(snippetCompletions(made, "\nimport { imr", [])).toEqual([
    'ead } from "bioengine";\n\nconst image = await imread("a.tif");',
  ]);
  expect(snippetCompletions(made, "const im", [])).toEqual(['age = await imread("a.tif");']);
  expect(snippetCompletions(made, "save(", [])).toEqual(["table);", "mask);"]);
});

test("snippetCompletions() answers a comment's words below it", () => {
  expect(snippetCompletions(made, "// csv SAVE", [])).toEqual(["\nsave(table);"]);
  const image = '\nconst image = await imread("a.tif");';
  expect(snippetCompletions(made, "// read", ['import { imread, save } from "bioengine";'])).toEqual([image]);
  expect(snippetCompletions(made, "//save", [])).toEqual(["\nsave(table);", "\nsave(mask);"]);
});

test("snippetCompletions() is silent where little is typed, nothing fits or nothing is left", () => {
  for (const typed of ["", "sav", "// s", "const x", "save(mask);", "// save\nfoo", "1;\n// save"])
    expect(snippetCompletions(made, typed, [])).toEqual([]);
});

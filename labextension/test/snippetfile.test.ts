import { expect, test } from "vitest";
import { formatSnippetFile, parseSnippetFile, snippetFileName } from "../src/snippets/snippetfile";

test("parseSnippetFile() reads the header and the code", () => {
  const text =
    "// title: Bright\r\n// description: What is bright\r\n// category: Ours\r\n// field: Level = 0.5\r\n\r\n// why\r\nimage.greater(0.5);\r\n";
  expect(parseSnippetFile("lab/snippets/b.ts", text)).toEqual({
    title: "Bright",
    description: "What is bright",
    category: "Ours",
    fields: [{ label: "Level", literal: "0.5" }],
    code: "// why\nimage.greater(0.5);",
  });
});

test("parseSnippetFile() names a file without a header after itself and its folder", () => {
  expect(parseSnippetFile("lab/mine/count.ts", "1 + 1;")).toMatchObject({ title: "count", category: "mine" });
});

test("parseSnippetFile() refuses a field that cannot be filled in", () => {
  for (const field of ["Level", "Level = high", "Level = {}", "Level = [1]"])
    expect(() => parseSnippetFile("s/a.ts", `// field: ${field}\n5`)).toThrow(
      /^Cannot read s\/a\.ts: a field/,
    );
  expect(() => parseSnippetFile("s/a.ts", "// field: Level = 5\n\n5 + 5")).toThrow(
    "Cannot read s/a.ts: Cannot fill in Level: the code must hold 5 once, got it 2 times",
  );
});

test("formatSnippetFile() keeps title and code, also code that looks like a header", () => {
  const code = "// category: no\nconst a = 1;";
  expect(parseSnippetFile("s/a.ts", formatSnippetFile("A: b", code))).toMatchObject({
    title: "A: b",
    category: "s",
    code,
  });
});

test("snippetFileName() keeps letters and digits of any script", () => {
  expect(snippetFileName(" Zellen: größer als 5/µm! ")).toBe("zellen-größer-als-5-µm.ts");
  expect(snippetFileName("../../x")).toBe("x.ts");
  expect(() => snippetFileName("…")).toThrow(RangeError);
});

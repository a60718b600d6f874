import { expect, test } from "vitest";
import { codeIn, spoken } from "../src/codemodel/codeanswer";

test("codeIn() takes the code out of its fence", () => {
  expect(codeIn("Sure:\n```ts\nlabel(mask)\n```\nThat is all.", true)).toBe("label(mask)");
  expect(codeIn("~~~\na();\n\nb();\n~~~", true)).toBe("a();\n\nb();");
  expect(codeIn("```TypeScript\r\na();\r\n```\r\n", true)).toBe("a();");
});

test("codeIn() joins several blocks, and leaves those of other languages out", () => {
  expect(codeIn("```bash\nnpm i\n```\n```ts\na();\n```\n```js\nb();\n```", true)).toBe("a();\n\nb();");
  expect(codeIn("```python\nprint(1)\n```", true)).toBeNull();
});

test("codeIn() keeps a shorter fence within a block, and takes the block's indentation away", () => {
  expect(codeIn("````ts\nconst text = `\n```\n`;\n````", true)).toBe("const text = `\n```\n`;");
  expect(codeIn("1. so:\n   ```ts\n   if (a) {\n     b();\n\n   }\n   ```", true)).toBe(
    "if (a) {\n  b();\n\n}",
  );
});

test("codeIn() shows of an answer that still comes what is code for certain", () => {
  const answer = "Here:\n```ts\nconst a = 1;\na\n```";
  const seen = Array.from({ length: answer.length + 1 }, (_, end) => codeIn(answer.slice(0, end), false));
  const whole = "const a = 1;\na";
  for (const code of seen) expect(code === null || whole.startsWith(code), String(code)).toBe(true);
  expect(seen.at(-1)).toBe(whole);
});

test("codeIn() finds no code in prose, nor in what a model thinks", () => {
  expect(codeIn("I cannot help with that.", true)).toBeNull();
  expect(codeIn("<think>\n```ts\nwrong()\n```\n</think>\nNo.", true)).toBeNull();
  expect(spoken("<think>hm</think>\n\nNo.")).toBe("No.");
  expect(spoken("<think>still at it")).toBe("");
});

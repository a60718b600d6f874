import { expect, test } from "vitest";
import { chatInstructions, codexInstructions } from "../src/index";

test("chatInstructions() are the instructions, the variables and the form of the answer", () => {
  const variables = [{ name: "image", description: "NdArray [4, 5] uint16, axes YX, values 0 to 9" }];
  const text = chatInstructions({ variables });
  expect(text.startsWith(codexInstructions({ variables }))).toBe(true);
  expect(text).toContain("- `image`: NdArray [4, 5] uint16, axes YX, values 0 to 9\n");
  expect(text).toMatch(/Write the cell that the user asks for\. Answer with one block of TypeScript/);
});

test("chatInstructions() tell that a variable holds a text, and not which", () => {
  const describe = (description: string): string | undefined =>
    chatInstructions({ variables: [{ name: "v", description }] }).match(/^- `v`: (.*)$/m)?.[1];
  expect(describe('"secret"')).toBe("a text");
  expect(describe('Object { token: "a \\" b", n: 2, name: "x" }')).toBe(
    "Object { token: a text, n: 2, name: a text }",
  );
  expect(describe('Array of 3, the first: "long and cut…')).toBe("Array of 3, the first: a text");
});

test("chatInstructions() bring the cell that failed, and the start of its error", () => {
  const failed = { code: "image + 1", error: `TypeScriptError: no operators\n${"at x\n".repeat(5000)}` };
  const text = chatInstructions({ failed });
  expect(text).toContain("```ts\nimage + 1\n```");
  expect(text).toContain("```text\nTypeScriptError: no operators\nat x\n");
  expect(text).toContain("change no more than is needed");
  expect(text.length - codexInstructions().length).toBeLessThan(5000);
});

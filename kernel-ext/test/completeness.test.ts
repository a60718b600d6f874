import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningKernel, startKernel } from "./kernelprocess";

let kernel: RunningKernel;
beforeAll(async () => {
  kernel = await startKernel();
}, 60_000);
afterAll(() => kernel.stop());

const ask = async (code: string) => (await kernel.client.request("is_complete_request", { code })).reply;

test("what can run is complete", async () => {
  for (const code of [
    "1 + 1",
    "await f()",
    "const a = `\n`",
    "class A {}",
    "// done",
    "",
    "  \n",
    `const a = \`x \${b} y\``,
    "/* a */ 1",
    "function f<T>(a: T): T { return a; }",
    "const f = (a: number) => a + 1",
    "const f = async () => { await g(); }",
    "if (a) { b(); }",
    "if (a) b(); else c();",
    "@dec class A { @field() x = 1; }",
    "for await (const x of y) { z(x); }",
    "const r = /a[/]b/g",
    "const { a, b = 2 } = c",
    "class A { #x = 1; get y() { return this.#x; } static { } }",
    "a ? b : c",
    "import { a } from 'b'",
    "type A<T> = T extends infer U ? U : never",
    "label: for (;;) { break label; }",
    "await import('x')",
    "const x = a as const",
    "export const a = 1",
    "try { a(); } catch { b(); }",
    "do { a(); } while (b)",
    "const g = <T,>(x: T) => x",
    "x satisfies Y",
    "a\n  .b()\n  .c()",
    `\`\${\`\${a}\`}\``,
    "const re = /[`'\"]/",
    "enum A { B, C }",
    "namespace A { export const b = 1 }",
    "abstract class A { abstract b(): void }",
    "let a: string",
    "a++",
    "f`x`",
    "function* g() { yield 1; }",
    "x!",
    "const s = 'it\\'s'",
    "declare const x: number",
    "if (a) {\n  b();\n}\n// else",
    "throw new Error('x')",
  ]) {
    expect((await ask(code)).status, code).toBe("complete");
  }
});

test("what lacks something at its end is incomplete", async () => {
  for (const code of [
    "f(",
    "const a =",
    "`text",
    "/* note",
    "if (a) {\n  b();",
    "a ? b :",
    "[1,",
    "const f = (a) =>",
    "1 +",
    "a &&",
    "a ||",
    "a ??",
    "x.",
    "await",
    "const a = await",
    "class A {",
    "class A {\n  x = 1;",
    "class A extends",
    "function f(",
    "function f()",
    "function f() {",
    "if (a)",
    "if (a) b(); else",
    "for (const x of y)",
    "for (;;",
    "while (a)",
    "do {",
    "try {",
    "try { a(); }",
    "switch (a) {",
    "switch (a) {\ncase 1:",
    `\`a \${b`,
    `\`a \${`,
    `\`a \${b}`,
    "@dec",
    "@dec()",
    "class A {\n  @dec()",
    "const { a,",
    "import {",
    "import { a }",
    "import { a } from",
    "const x: ",
    "type A =",
    "interface A {",
    "a ? b",
    "new",
    "new A(",
    "f<",
    "const f = async () =>",
    "const f = async (a",
    "foo(a, (b) => {",
    "x =",
    "x +=",
    "typeof",
    "delete",
    "!",
    "-",
    "({ a: 1,",
    "({ a:",
    `\`\${\`\${a}`,
    "enum A {",
    "a?.",
    "label:",
    "import x from 'a'; f({",
    "throw",
    "const g = <T,>(x: T) =>",
    "const a = b as",
    "x satisfies",
    "/** doc",
    "// a\nf(",
    "f(// comment",
    "let x = 1,",
    "a ? b : // c",
    "async function f() { await",
    "for await (const x of",
    "'abc\\",
    "let x = 1 // c\n  ,",
    "f(1, /* c */",
  ]) {
    expect((await ask(code)).status, code).toBe("incomplete");
  }
});

test("what no further line can mend is invalid", async () => {
  for (const code of [
    ")",
    "let = = 1",
    '"text',
    "f(]",
    "}",
    "if (a) }",
    "const const a",
    "a b",
    "1 = 2 = ]",
    "'abc\nd",
    "function 1()",
    "/abc\n",
    "const x = 5x",
    "else { }",
    "for (const x of y) )",
  ]) {
    expect((await ask(code)).status, code).toBe("invalid");
  }
});

test("the next line is indented deeper after a bracket, an arrow or a case, and not in a text", async () => {
  expect(await ask("  function f() {")).toEqual({ status: "incomplete", indent: "    " });
  expect((await ask("const f = () =>")).indent).toBe("  ");
  expect((await ask("switch (a) {\n  case 1:")).indent).toBe("    ");
  expect((await ask("if (a) {\n  b();")).indent).toBe("  ");
  expect((await ask("  const text = `a")).indent).toBe("");
});

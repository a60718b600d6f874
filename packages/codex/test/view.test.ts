import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { models, recipes, snippets, views } from "../src/index";

const folder = join(__dirname, "../views");
const written = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) =>
    join(entry.parentPath, entry.name)
      .slice(folder.length + 1)
      .replaceAll("\\", "/"),
  );
const read = (path: string): string => readFileSync(join(folder, path), "utf8");
const words = (text: string): number => text.split(/\s+/).filter(Boolean).length;

test("views() are what is in the folder; write them again with: npm run views --workspace packages/codex", () => {
  expect(written.sort()).toEqual(Object.keys(views()).sort());
  for (const [path, text] of Object.entries(views())) expect(read(path), path).toBe(text);
});

test("the instructions have at most 1,500 words", () => {
  expect(words(read("codex-instructions.md"))).toBeLessThanOrEqual(1500);
});

test("the skill's head has its folder's name, and a description under 500 characters", () => {
  const [, head = ""] = read("skills/bioengine/SKILL.md").split("---\n");
  expect(head).toMatch(/^name: bioengine$/m);
  const description: string = JSON.parse(/^description: (.*)$/m.exec(head)?.[1] ?? "");
  expect(description.length).toBeGreaterThan(100);
  expect(description.length).toBeLessThan(500);
});

test("the skill has every recipe, and links only to files that are there", () => {
  const skill = written.filter((path) => path.startsWith("skills/"));
  const text = skill.map(read).join("\n");
  for (const { code, title } of recipes()) expect(text, title).toContain(code);
  const links = [...read("skills/bioengine/SKILL.md").matchAll(/\]\(([^)]+)\)/g)].map(([, path]) => path);
  expect(links.map((path) => `skills/bioengine/${path}`).sort()).toEqual(
    skill.filter((path) => path.includes("references")).sort(),
  );
});

test("llms.txt links only to files that are there, and begins with a name and a summary", () => {
  const text = read("llms.txt");
  expect(text).toMatch(/^# bioengine\n\n> .+\n/);
  const links = [...text.matchAll(/^- \[.*\]\((.+)\):/gm)].map(([, path]) => path);
  expect(links.length).toBeGreaterThan(5);
  for (const path of links) expect(written).toContain(path);
});

test("snippets.json is what the panel has, and the rule holds for this kernel alone", () => {
  expect(JSON.parse(read("snippets.json"))).toEqual(snippets);
  expect(read("notebook-intelligence/bioengine.md")).toMatch(
    /^---\npriority: \d+\nscope:\n {2}kernel_names:\n {4}- bioengine\n---\n/,
  );
});

test("every view for a model names each model of the engine", () => {
  for (const path of written.filter((one) => !one.includes("references/"))) {
    for (const { name } of models) expect(read(path), path).toContain(name);
  }
});

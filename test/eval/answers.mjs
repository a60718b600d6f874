// Recorded answers: folders with a file `<task>.ts` or `<task>.md` each.
import { readdirSync, readFileSync } from "node:fs";
import { join, parse, relative } from "node:path";

const isAnswer = (name, taskNames) => /\.(ts|md)$/.test(name) && taskNames.has(parse(name).name);

/**
 * The cell in an answer: of Markdown, what its fenced blocks of TypeScript or JavaScript hold.
 *
 * @returns the code; undefined if there is none
 */
export function cellOf(text) {
  const blocks = [...text.matchAll(/^ *```(\w*)[^\n]*\n(.*?)^ *```/gms)];
  const code = blocks.filter(([, language]) => /^(ts|typescript|js|javascript|)$/i.test(language));
  return code.length > 0 ? code.map(([, , lines]) => lines).join("\n") : undefined;
}

/**
 * The answers below a folder. Folders that are called by a number are samples of the set that holds them.
 *
 * @returns `{ set, sample, task, code }` each; `code` is undefined where an answer holds none
 * @throws {Error} if there are none
 */
export function readAnswers(folder, taskNames) {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isAnswer(entry.name, taskNames))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  if (paths.length === 0) {
    throw new Error(
      `Cannot evaluate ${folder}: it must hold files called by a task, such as read-average.md, got none`,
    );
  }
  return paths.map((path) => {
    const { dir, name, ext } = parse(path);
    const [, set, sample = "1"] = join(folder, relative(folder, dir)).match(/^(.*?)(?:[/\\](\d+))?$/);
    const text = readFileSync(path, "utf8");
    return { set, sample, task: name, code: ext === ".ts" ? text : cellOf(text) };
  });
}

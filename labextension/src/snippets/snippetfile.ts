import { fillFields, type Snippet, type SnippetField } from "@bioengine/codex";

const HEADER = /^\/\/ (title|description|category|field): *(.*)$/;

/**
 * A snippet of a file: a header of comments, then the code.
 *
 * @param path names the snippet if the header has no title, and puts it under its folder's name if it has no category
 * @throws {SyntaxError} if a field is not `label = JSON value`
 * @throws {RangeError} if the code does not hold a field's value once
 * @example
 * parseSnippetFile("snippets/threshold.ts", "// field: Threshold = 0.5\n\nimage.greater(0.5);");
 */
export function parseSnippetFile(path: string, text: string): Snippet {
  const lines = text.split(/\r?\n/);
  const header = new Map<string, string>();
  const fields: SnippetField[] = [];
  const end = lines.findIndex((line) => !HEADER.test(line));
  for (const line of lines.slice(0, end < 0 ? lines.length : end)) {
    const [, key = "", value = ""] = HEADER.exec(line) ?? [];
    if (key === "field") fields.push(parseField(path, value));
    else header.set(key, value);
  }
  const code = lines
    .slice(end < 0 ? lines.length : end)
    .join("\n")
    .trim();
  try {
    fillFields(code, fields, []);
  } catch (cause) {
    throw new RangeError(`Cannot read ${path}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
  const [folder, file] = path.split("/").slice(-2);
  return {
    title: header.get("title") || (file ?? path).replace(/\.ts$/, ""),
    description: header.get("description") ?? "",
    category: header.get("category") || (file === undefined ? "" : (folder ?? "")),
    code,
    fields,
  };
}

/** The text of a file that `parseSnippetFile` reads as this title and code. */
export function formatSnippetFile(title: string, code: string): string {
  return `// title: ${title}\n\n${code.trim()}\n`;
}

/**
 * A file name for a title: its letters and digits, in lower case.
 *
 * @throws {RangeError} if the title has none
 * @example
 * snippetFileName("Count (bright) nuclei"); // "count-bright-nuclei.ts"
 */
export function snippetFileName(title: string): string {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu);
  if (!words)
    throw new RangeError(`Cannot save the snippet: its title must have a letter or digit, got “${title}”`);
  return `${words.join("-")}.ts`;
}

function parseField(path: string, text: string): SnippetField {
  const [, label, literal] = /^(.+?) *= *(.+?) *$/.exec(text) ?? [];
  if (label === undefined || literal === undefined || !isFieldValue(literal)) {
    throw new SyntaxError(
      `Cannot read ${path}: a field must be a label, = and a JSON string, number or list of strings, got ${text}`,
    );
  }
  return { label, literal };
}

function isFieldValue(literal: string): boolean {
  try {
    const value: unknown = JSON.parse(literal);
    const isList = Array.isArray(value) && value.every((item) => typeof item === "string");
    return isList || typeof value === "string" || typeof value === "number";
  } catch {
    return false;
  }
}

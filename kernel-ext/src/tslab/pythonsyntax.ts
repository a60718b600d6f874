import { camelCase, isPythonModule, nameHere } from "./pythonnames";

/** Lines as Python writes them, each with how TypeScript has it. */
const lines: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [/^\s*from\s+(?:cellpose|stardist)[\w.]*\s+import\s/, () => 'import { segment } from "bioengine";'],
  [/^\s*(?:from|import)\s+(?:os|pathlib|glob)\b[\w., *]*$/, () => 'import { readdirSync } from "node:fs";'],
  [/^\s*from\s+([\w.]+)\s+import\s+\(?([\w ,*]+)/, (_, __, names = "") => importOf(names)],
  [/^\s*import\s+([\w.]+)(?:\s+as\s+\w+)?\s*$/, () => importOf("")],
  [/^\s*#\s*(.*)/, (_, comment) => `// ${comment}`],
  [/^\s*def\s+(\w+)\s*\(([^)]*)\).*:/, (_, name = "", list) => `function ${camelCase(name)}(${list}) { … }`],
  [
    /^\s*for\s+(\w+)\s+in\s+range\(\s*(?:([^,()]+),\s*)?([^,()]+|\w+\([^()]*\))\s*\)\s*:/,
    (_, name, start = "0", stop) => `for (let ${name} = ${start}; ${name} < ${stop}; ${name}++) { … }`,
  ],
  [
    /^\s*for\s+(\w+(?:\s*,\s*\w+)*)\s+in\s+(?:enumerate\((.+)\)|(.+?))\s*:\s*$/,
    (_, names = "", counted, values) =>
      counted === undefined
        ? `for (const ${names.includes(",") ? `[${names}]` : names} of ${rowsIn(values)}) { … }`
        : `for (const [${names}] of ${counted}.entries()) { … }`,
  ],
  [/^\s*elif\s+(.+):\s*$/, (_, condition = "") => `} else if (${logic(condition)}) {`],
  [
    /^\s*(if|while)\s+([^({].*|\(.*\)\s*):\s*$/,
    (_, word, condition = "") => `${word} (${logic(condition)}) { … }`,
  ],
  [
    /\[\s*([^[\]]+?)\s+for\s+(\w+(?:\s*,\s*\w+)*)\s+in\s+([^[\]]+?)(?:\s+if\s+([^[\]]+?))?\s*\]/,
    (_, value = "", name = "", list = "", condition) => comprehension(value, name, list, condition),
  ],
  [
    /^\s*const\s+(\w+(?:\s*,\s*\w+)+)\s*=\s*([^=;]+);?\s*$/,
    (_, names, value = "") => `const [${names}] = ${value.trim()}`,
  ],
  [/^\s*else\s*:\s*$/, () => "} else {"],
  [/^\s*(try|finally)\s*:\s*$/, (_, word) => `${word} { … }`],
  [/^\s*except\b.*:\s*$/, () => "} catch (error) {"],
  [/^\s*with\s+.*:\s*$/, () => "files are read at once, with nothing to close: await imread(…)"],
  [/\blambda\s*([\w, ]*):\s*([^,)]*)/, (_, list, value) => `(${list}) => ${value}`],
  [
    /([\w.]+)\[([^[\]{}"'`?]*:[^[\]{}"'`?]*)\]/,
    (_, name, ranges = "") => `${name}.slice(${ranges.split(",").map(rangeText).join(", ")})`,
  ],
  [/[^"'`]*?\s(and|or)\s[^"'`]*$/, (line = "") => logic(line.trim())],
  [/^[^"'`]*?[=(,]\s*not\s+[\w(][^"'`]*$/, (line = "") => logic(line.trim())],
  [/^.*(?:^|[\s(=,])[fF](["']).*\1.*$/, (line = "") => withTemplates(line.trim())],
  [
    /^(\s*(?:(?:const|let)\s+)?(?:\w+\s*=\s*)?)([^"'`]+?)\s+if\s+([^"'`]+?)\s+else\s+([^"'`:]+?);?\s*$/,
    (_, before = "", value, condition = "", other) =>
      `${before.trimStart()}${logic(condition)} ? ${value} : ${other}`,
  ],
];

/** A line with Python's texts of values, `print(f"{area:.2f} µm")`, as templates. */
const withTemplates = (line: string): string =>
  line
    .replace(
      /(^|[\s(=,])[fF](["'])(.*?)\2/g,
      (_, before: string, __, text: string) => `${before}\`${template(text)}\``,
    )
    .replace(/^print\(/, "console.log(");

const template = (text: string): string =>
  text.replace(/\{([^{}:!]+)(?:![rs])?(?::([^{}]*))?\}/g, (_, value: string, format = "") => {
    const [, digits, kind] = /\.(\d+)([f%e])$/.exec(format) ?? [];
    if (digits === undefined) return `\${${value}}`;
    const number = /^[\w$.]+(\([^()]*\))?$/.test(value) ? value : `(${value})`;
    if (kind === "%") return `\${(100 * ${number}).toFixed(${digits})}%`;
    return `\${${number}.${kind === "e" ? "toExponential" : "toFixed"}(${digits})}`;
  });

/** What a loop goes through, with a table's rows as they are here. */
const rowsIn = (values = ""): string =>
  values.replace(/\.iterrows\(\)$/, ".rows().entries()").replace(/\.itertuples\([^()]*\)$/, "");

const logic = (condition: string): string =>
  condition
    .replace(/\band\b/g, "&&")
    .replace(/\bor\b/g, "||")
    .replace(/\bnot\s+/g, "!");

/** What a list of `value` for each of the names in `list` is, of those that meet a condition. */
function comprehension(value: string, names: string, list: string, condition: string | undefined): string {
  const [, stop] = /^range\(([^,]+)\)$/.exec(list) ?? [];
  const [, counted] = /^enumerate\((.+)\)$/.exec(list) ?? [];
  const rows = /table$/i.test(list) ? `${list}.rows()` : list;
  const entries = counted === undefined ? rows : `[...${counted}.entries()]`;
  const values = stop === undefined ? entries : `Array.from({ length: ${stop} }, (_, index) => index)`;
  const each = names.includes(",") ? `([${names}])` : `(${names})`;
  const some = condition === undefined ? values : `${values}.filter(${each} => ${logic(condition)})`;
  return value === names && condition !== undefined ? some : `${some}.map(${each} => ${value})`;
}

/** `2:10` as `[2, 10]`, `:` as the whole axis. */
export function rangeText(text: string): string {
  if (!text.includes(":")) return text.trim();
  const bounds = text.split(":").map((bound) => bound.trim());
  if (bounds.every((bound) => bound === "")) return "null";
  return `[${bounds
    .slice(0, bounds.at(-1) === "" ? -1 : undefined)
    .map((bound) => bound || "null")
    .join(", ")}]`;
}

function importOf(list: string): string {
  const names = list
    .split(",")
    .map((part) => part.trim().split(/\s+/)[0] ?? "")
    .filter((name) => name !== "" && name !== "*" && !isPythonModule(name))
    .map(nameHere);
  const from = names.length > 0 ? names.join(", ") : "ndarray, regionpropsTable, label, gaussian";
  return `import { ${from} } from "bioengine";`;
}

/** How a line of Python is written in TypeScript, if it is one. */
export function syntaxOf(line: string): string | undefined {
  for (const [pattern, write] of lines) {
    const match = pattern.exec(line);
    if (match) return write(...match);
  }
  return undefined;
}

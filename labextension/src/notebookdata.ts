import type { Kernel } from "@jupyterlab/services";

/** Longest text that describes a notebook's data, in characters: a small part of what a code model reads. */
const MAX_LENGTH = 2000;
const MAX_VARIABLES = 60;

/** A variable of the running kernel, and what it holds in a few words. */
export interface Variable {
  readonly name: string;
  readonly description: string;
}

// Run by the kernel, which has no import of ours to ask: values are known by their members.
const DESCRIBE = `((value: any): string => {
  const describe = (item: any, isInner: boolean): string => {
    const cut = (text: string) => (text.length > 160 ? text.slice(0, 160) + "…" : text);
    if (item === null || ["undefined", "boolean", "number", "bigint"].includes(typeof item)) return String(item);
    if (typeof item === "string") return cut(JSON.stringify(item));
    if (typeof item === "function") return "a function";
    if (Array.isArray(item.shape) && item.dtype)
      return "NdArray [" + item.shape.join(", ") + "] " + item.dtype + (item.role === "labels" ? ", labels" : "");
    if (Array.isArray(item.columnNames) && typeof item.rowCount === "number")
      return cut("Table of " + item.rowCount + " rows with the columns " + item.columnNames.join(", "));
    if (Array.isArray(item))
      return "Array of " + item.length + (item.length > 0 && !isInner ? ", the first: " + describe(item[0], true) : "");
    if (isInner) return "an object";
    const members = Object.entries(item).slice(0, 8).map(([key, member]) => key + ": " + describe(member, true));
    return cut((item.constructor?.name ?? "Object") + " { " + members.join(", ") + " }");
  };
  return encodeURIComponent(describe(value, false));
})`;

/**
 * The variables that cells declare at their top level, in order.
 *
 * @example
 * variableNames(["const image = 1;\nconst { mask, info: facts } = f();"]); // ["image", "mask", "facts"]
 */
export function variableNames(sources: readonly string[]): string[] {
  const names = sources.flatMap((source) =>
    [...source.matchAll(/^(?:const|let|var) +(?:([\w$]+)|[{[]([^}\]]*)[}\]] *=)/gm)].flatMap(
      ([, name, list = ""]) =>
        name ? [name] : list.split(",").map((part) => part.replace(/^.*:|=.*$|\.\.\./g, "").trim()),
    ),
  );
  return [...new Set(names)].filter((name) => /^[\w$]+$/.test(name));
}

/**
 * Ask a kernel what its variables hold; nothing is added to its history or shown.
 *
 * @param kernel idle
 * @param names asked for; those that the kernel does not have are left out, and all past the 60th last
 */
export async function describeVariables(
  kernel: Kernel.IKernelConnection,
  names: readonly string[],
): Promise<Variable[]> {
  const asked = names.slice(-MAX_VARIABLES);
  const { content } = await kernel.requestExecute({
    code: "",
    silent: true,
    store_history: false,
    user_expressions: Object.fromEntries(asked.map((name) => [name, `${DESCRIBE}(${name})`])),
  }).done;
  const answers = "user_expressions" in content ? (content.user_expressions ?? {}) : {};
  return asked.flatMap((name) => {
    const text: unknown = Reflect.get(Object(Reflect.get(Object(answers[name]), "data")), "text/plain");
    // Encoded as a URI component, so that whatever quotes the kernel shows a string in are outside of it.
    return typeof text === "string"
      ? [{ name, description: decodeURIComponent(text.replace(/^['"`]|['"`]$/g, "")) }]
      : [];
  });
}

/**
 * The section of the instructions that tells a code model what there is, at most 2000 characters.
 *
 * @param variables the last ones are the likeliest to be used, and kept
 */
export function dataSection(variables: readonly Variable[]): string {
  const heading = "## The notebook's variables\n\n";
  if (variables.length === 0) return `${heading}There are none yet: read an image first.\n`;
  const lines: string[] = [];
  let left = MAX_LENGTH - heading.length - 120;
  for (const { name, description } of [...variables].reverse()) {
    const line = `- \`${name}\`: ${description}\n`;
    if (line.length > left) break;
    left -= line.length;
    lines.unshift(line);
  }
  const omitted = variables.length - lines.length;
  const more = omitted > 0 ? `- and ${omitted} more from earlier cells\n` : "";
  return `${heading}They are there from earlier cells; use them by name:\n\n${more}${lines.join("")}`;
}

import type { Variable } from "@bioengine/codex";
import type { Kernel } from "@jupyterlab/services";

const MAX_VARIABLES = 60;

// Run by the kernel. One that has no bioengine says no more than the kind of a value.
const DESCRIBE = `((value: any): string => {
  try {
    return encodeURIComponent(require("bioengine").describeValue(value));
  } catch {
    return typeof value;
  }
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

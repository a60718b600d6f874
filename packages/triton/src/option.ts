import { distance } from "fastest-levenshtein";

const camelCase = (name: string): string =>
  name.replace(/_+([a-z])/g, (_, letter: string) => letter.toUpperCase());

/**
 * Check the names of the options of a call.
 *
 * @throws {TypeError} if the options are no object, or one of them does not exist; names the right one
 */
export function checkOptions(options: unknown, names: readonly string[], action: string): void {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new TypeError(
      `Cannot ${action}: the options must be an object { ${names.slice(0, 3).join(", ")}, … }`,
    );
  }
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const meant = nearest(unknown, names);
  const advice = meant ? `write ${meant}` : `there are ${names.join(", ")}`;
  throw new TypeError(`Cannot ${action}: option ${unknown} does not exist; ${advice}`);
}

/** The name that differs in case or underscores, is longer or shorter (`timeoutMs` for `timeout`), or is misspelt. */
function nearest(unknown: string, names: readonly string[]): string | undefined {
  const wanted = camelCase(unknown).toLowerCase();
  const candidates = names.map((name) => ({ name, text: name.toLowerCase() }));
  const found =
    candidates.find(({ text }) => text === wanted) ??
    candidates.find(({ text }) => text.includes(wanted) || wanted.includes(text)) ??
    candidates.find(({ text }) => distance(text, wanted) <= text.length / 3);
  return found?.name;
}

/** The model's name. @throws {TypeError} if there is none */
export function checkModelName(modelName: unknown, action: string): string {
  if (typeof modelName === "string" && modelName !== "") return modelName;
  throw new TypeError(
    `Cannot ${action}: modelName must be a model's name such as "stardist", got ${String(modelName)}`,
  );
}

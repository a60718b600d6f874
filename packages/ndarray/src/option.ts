import { nearestOption } from "./nearestname";

/** What a public function takes: the names of its options, and the words of its errors. */
export interface Door {
  /** The function's name, for the corrected line. Default: only the option is corrected. */
  readonly name?: string;
  /** What it does, as in "Cannot <action>". */
  readonly action: string;
  readonly options: readonly string[];
  /** Options by other names that people know them under. */
  readonly aliases?: Readonly<Record<string, string>>;
}

const plain = (name: string): string => name.toLowerCase().replaceAll("_", "");

function meant(name: string, { options, aliases = {} }: Door): string | undefined {
  const alias = Object.keys(aliases).find((known) => plain(known) === plain(name));
  return alias === undefined ? nearestOption(name, options) : aliases[alias];
}

const isArray = (options: object, names: readonly string[]): boolean =>
  Array.isArray(options) || ("dtype" in options && !names.includes("dtype"));

/** A value as it is written in a cell, if it is short. */
const written = (value: unknown): string =>
  ["number", "boolean", "string"].includes(typeof value) ? JSON.stringify(value) : "…";

/**
 * Refuse options that are no object, or of names that don't exist: what is ignored would be a wrong result.
 *
 * @throws {TypeError} with the option that was probably meant
 */
export function checkOptions(door: Door, options: unknown): void {
  const { name: call, action, options: names } = door;
  if (typeof options !== "object" || options === null || isArray(options, names)) {
    const got = Object(options) === options ? "an array" : JSON.stringify(options);
    const must = call ? "an object" : `an object such as { ${names[0]}: … }`;
    const advice = call ? `; use ${call}(…, { ${names[0]}: ${written(options)} })` : "";
    throw new TypeError(`Cannot ${action}: options must be ${must}, got ${got}${advice}`);
  }
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const right = meant(unknown, door);
  const value = written(Object(options)[unknown]);
  const advice = call ? `; use ${call}(…, { ${right}: ${value} })` : `; write { ${right}: … }`;
  throw new TypeError(
    `Cannot ${action}: options must be among ${names.join(", ")}, got ${unknown}${right ? advice : ""}`,
  );
}

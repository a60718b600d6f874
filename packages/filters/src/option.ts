import { nearestOption } from "@bioengine/ndarray";

/** A public function's name, what it does (as in "Cannot <action>"), and its options. */
export interface Door {
  readonly name: string;
  readonly action: string;
  readonly options: readonly string[];
  /** Options by other names that people know them under, in camelCase. */
  readonly aliases?: Readonly<Record<string, string>>;
}

const plain = (name: string): string => name.toLowerCase().replaceAll("_", "");

function meant(name: string, { options, aliases = {} }: Door): string | undefined {
  const alias = Object.keys(aliases).find((known) => plain(known) === plain(name));
  if (alias) return aliases[alias];
  return nearestOption(name, options);
}

/** A value as it is written in a cell, if it is short. */
const written = (value: unknown): string =>
  ["number", "boolean", "string"].includes(typeof value) ? JSON.stringify(value) : "…";

/**
 * Refuse options that are none, or of other names, naming the one that was probably meant.
 *
 * @throws {TypeError} with the corrected line
 */
export function checkOptions(door: Door, options: object): void {
  const { name: call, action, options: names } = door;
  if (typeof options !== "object" || options === null || "dtype" in options || Array.isArray(options)) {
    const value = Object(options) === options ? "an array" : String(options);
    throw new TypeError(
      `Cannot ${action}: options must be an object, got ${value}; use ${call}(…, { ${names[0]}: ${written(options)} })`,
    );
  }
  for (const [name, value] of Object.entries(options)) {
    if (names.includes(name)) continue;
    const right = meant(name, door);
    const advice = right ? `; use ${call}(…, { ${right}: ${written(value)} })` : "";
    throw new TypeError(`Cannot ${action}: options must be among ${names.join(", ")}, got ${name}${advice}`);
  }
}

/**
 * Refuse a number that is out of its range.
 *
 * @param range what it must be, e.g. "at least 0"
 * @throws {RangeError} if it isn't allowed
 */
export function checkNumber(
  action: string,
  name: string,
  value: unknown,
  range: string,
  allowed: boolean,
): void {
  if (typeof value === "number" && allowed) return;
  throw new RangeError(`Cannot ${action}: ${name} must be ${range}, got ${String(value)}`);
}

/**
 * One number for each axis.
 *
 * @throws {RangeError} if the length isn't the number of axes, or a number isn't allowed
 */
export function perAxis(
  action: string,
  name: string,
  value: number | readonly number[],
  ndim: number,
  range: string,
  allowed: (one: number) => boolean,
): number[] {
  const numbers = typeof value === "number" ? new Array<number>(ndim).fill(value) : Array.from(value);
  if (numbers.length !== ndim || !numbers.every((one) => typeof one === "number" && allowed(one))) {
    throw new RangeError(
      `Cannot ${action}: ${name} must be ${range}, one number or one for each of the ${ndim} axes, got [${numbers.join(", ")}]`,
    );
  }
  return numbers;
}

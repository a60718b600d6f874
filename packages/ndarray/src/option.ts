import { nearestOption } from "./nearestname";

/**
 * Refuse options that are no object, or of names that don't exist: what is ignored would be a wrong result.
 *
 * @param action what the caller does, as in "Cannot <action>"
 * @param names of the options that there are
 * @param aliases options by other names that people know them under
 * @throws {TypeError} with the option that was probably meant
 */
export function checkOptions(
  action: string,
  options: unknown,
  names: readonly string[],
  aliases: Readonly<Record<string, string>> = {},
): void {
  if (typeof options !== "object" || options === null || "dtype" in options || Array.isArray(options)) {
    const got = Object(options) === options ? "an array" : JSON.stringify(options);
    throw new TypeError(`Cannot ${action}: options must be an object such as { ${names[0]}: … }, got ${got}`);
  }
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const meant = aliases[unknown] ?? nearestOption(unknown, names);
  const advice = meant === undefined ? "" : `; write { ${meant}: … }`;
  throw new TypeError(`Cannot ${action}: options must be among ${names.join(", ")}, got ${unknown}${advice}`);
}

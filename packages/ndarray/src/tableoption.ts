import { nearestName } from "./columnname";

/**
 * Check the names of options at the public door of a table's verb.
 *
 * @throws {TypeError} if they are no object, or one of them is unknown
 */
export function checkOptions(action: string, options: object, names: readonly string[]): void {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(
      `Cannot ${action}: options must be an object such as { ${names[0]}: … }, got ${JSON.stringify(options)}`,
    );
  }
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const meant = nearestName(unknown, names);
  throw new TypeError(
    `Cannot ${action}: options must be among ${names.join(", ")}, got ${unknown}${meant ? `; did you mean ${meant}?` : ""}`,
  );
}

import { nearestOption } from "@bioengine/ndarray";

/** What a parameter may be: a check, and the words that name it in an error. */
export interface ParameterRule {
  readonly accepts: (value: unknown) => boolean;
  readonly requirement: string;
}

/** A number in a range, both ends included. */
export const numberFrom = (low: number, high: number): ParameterRule => ({
  accepts: (value) => typeof value === "number" && value >= low && value <= high,
  requirement: `a number from ${low} to ${high}`,
});

/**
 * Check a model's parameters against its rules.
 *
 * @param parameters as they came, e.g. parsed from JSON; null values count as left out
 * @returns the parameters that were given
 * @throws {TypeError} if they are no object
 * @throws {RangeError} if one is unknown (the message names the nearest) or out of its range
 */
export function checkParameters(
  modelName: string,
  parameters: unknown,
  rules: Readonly<Record<string, ParameterRule>>,
): Record<string, unknown> {
  if (typeof parameters !== "object" || parameters === null || Array.isArray(parameters)) {
    throw new TypeError(
      `Cannot run ${modelName}: the parameters must be an object, got ${JSON.stringify(parameters)}`,
    );
  }
  const given = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined);
  const names = Object.keys(rules);
  for (const [name, value] of given) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) {
      const meant = nearestOption(name, names);
      const advice = meant === undefined ? "" : `; did you mean ${meant}?`;
      throw new RangeError(
        `Cannot run ${modelName}: the parameters must be among ${names.join(", ")}, got ${name}${advice}`,
      );
    }
    if (!rule.accepts(value)) {
      throw new RangeError(
        `Cannot run ${modelName}: ${name} must be ${rule.requirement}, got ${JSON.stringify(value)}`,
      );
    }
  }
  return Object.fromEntries(given);
}

import { inspect } from "node:util";
import { maskText } from "@bioengine/display";
import { NdArray } from "@bioengine/ndarray";
import type { Results } from "@bioengine/triton";

/** Longest text, in characters: what a code model is given of a cell's output. */
const MAX_LENGTH = 1200;

const maskTextOf = (value: unknown): string | undefined =>
  value instanceof NdArray && value.role === "labels" && value.ndim <= 3 && value.size > 0
    ? maskText(value)
    : undefined;

/** A result's member in words: of a mask what was found, of anything else what the console shows. */
const memberText = (value: unknown): string =>
  maskTextOf(value) ?? inspect(value, { breakLength: Number.POSITIVE_INFINITY, depth: 3 });

/**
 * Let a result print as a text that says what was found, at most 1,200 characters, the members by their names; in
 * another object as one line.
 *
 * @param result keeps its members and gets no further one that is listed
 * @param heading the first line
 * @param names of the members that are shown
 * @returns the same
 */
export function readable<T extends object>(result: T, heading: string, names: readonly string[]): T {
  return Object.defineProperty(result, inspect.custom, {
    value(this: T, depth: number, options: { depth?: number | null }): string {
      if (depth !== options.depth) return `${heading} { ${names.join(", ")} }`;
      const lines = names.map((name) => `${name}: ${memberText(Reflect.get(this, name))}`);
      const text = [heading, ...lines].join("\n");
      return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text;
    },
  });
}

/** A model's results, with who made them as their first line. */
export function readableResults(results: Results): Results {
  const { modelName, serverUrl, milliseconds } = results.__info__;
  const heading = `Results of ${modelName} from ${serverUrl} in ${Math.round(milliseconds)} ms`;
  return readable(
    results,
    heading,
    Object.keys(results).filter((name) => name !== "__info__"),
  );
}

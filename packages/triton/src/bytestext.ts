import { textOf } from "./json";

/** Node.js's mark of what an object looks like when it is printed; this package also runs where there is no Node.js. */
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** Longest text that is printed, in characters. */
const MAX_LENGTH = 1000;

type Inspect = (value: unknown, options: unknown) => string;

/**
 * Let bytes print as the text that they are, if they are one; they stay bytes.
 *
 * @param bytes of UTF-8, or anything else
 * @returns the same
 */
export function readableBytes(bytes: Uint8Array): Uint8Array {
  return Object.defineProperty(bytes, INSPECT, {
    value(this: Uint8Array, _depth: number, options: unknown, inspect: Inspect) {
      const text = textOf(this);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what has them is no text
      if (typeof text !== "string" || /[\u0000-\u0008\u000e-\u001f]/.test(text)) {
        return inspect(new Uint8Array(this), options);
      }
      const shown = text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
      return `Uint8Array(${this.length}) of the text ${shown}`;
    },
  });
}

import { ImageFileError } from "./imagefileerror";

// Names and texts of a hostile file may be of any length.
const longest = 100;

/** What a value is, for messages. */
export function kindOf(value: unknown): string {
  if (value === null) return "None";
  if (Array.isArray(value)) return "a list or tuple";
  if (value instanceof Map) return "a dict";
  return typeof value === "object" ? value.constructor.name : `a ${typeof value}`;
}

/** A text or a number itself, of anything else what it is: lists in lists may be endless as text. */
export const shown = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : kindOf(value);

/** The error for a pickle that can't be read; `got` is cut where it is long. */
export const pickleError = (requirement: string, got: string): ImageFileError =>
  new ImageFileError(
    `Cannot read the pickle: ${requirement}, got ${got.length > longest ? `${got.slice(0, longest)}…` : got}`,
  );

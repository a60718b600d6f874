import { readFileSync } from "node:fs";
import { join } from "node:path";

export const fixtures: string = join(__dirname, "fixtures");

/** What Python reads from a file; `data` are the values' bytes, little-endian, in base64. */
export interface Expected {
  dtype: string;
  shape: number[];
  data: string;
  axes?: string | null;
  spacing?: number[] | null;
}

const read = (name: string): Record<string, Expected> =>
  JSON.parse(readFileSync(join(fixtures, name), "utf8"));

/** What Python reads from the fixtures. */
export const expected: Record<string, Expected> = { ...read("values.json"), ...read("folders.json") };

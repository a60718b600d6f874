import { readFileSync } from "node:fs";
import { join } from "node:path";

export const fixtures: string = join(__dirname, "fixtures");

/** What Python reads from the fixtures; `data` are the values' bytes, little-endian, in base64. */
export const expected: Record<
  string,
  { dtype: string; shape: number[]; data: string; axes?: string; spacing?: number[] }
> = JSON.parse(readFileSync(join(fixtures, "values.json"), "utf8"));

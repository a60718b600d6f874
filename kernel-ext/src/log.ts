import { writeSync } from "node:fs";

/** Write a line to the terminal or log that Jupyter runs in; `process.stderr` belongs to the cells. */
export function log(message: string): void {
  writeSync(2, `[bioengine kernel] ${message}\n`);
}

import { existsSync } from "node:fs";
import { join } from "node:path";

/** Root of the checkout. */
export const root: string = join(__dirname, "..");

/** The notebooks that ship with the product. */
export const notebooks: string = join(root, "notebooks");

/** The Python environment that `test/run.mjs` has set up. */
export const prefix: string = join(root, ".venv");

/** Path of its interpreter. */
export const python: string =
  ["bin/python", "Scripts/python.exe"].map((name) => join(prefix, name)).find((path) => existsSync(path)) ??
  "python3";

import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * The folder where trained models (`models`) and downloads (`cache`) are kept: the environment variable
 * `BIOENGINE_HOME`, or `.bioengine` in the home folder.
 */
export const bioengineHome = (): string => process.env.BIOENGINE_HOME || join(homedir(), ".bioengine");

/** The model repository of the embedded engine, and of `bioengine serve` where no other is named; made on first use. */
export function homeRepository(): string {
  const folder = join(bioengineHome(), "models");
  mkdirSync(folder, { recursive: true });
  return folder;
}

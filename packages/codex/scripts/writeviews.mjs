// Writes what the sources say into `views`, for tools that read files.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import codex from "../dist/index.js";

const folder = join(dirname(fileURLToPath(import.meta.url)), "../views");
rmSync(folder, { recursive: true, force: true });
for (const [path, text] of Object.entries(codex.views())) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

import { isAscii } from "node:buffer";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { Script } from "node:vm";

/** How long after it was loaded a module's code is kept: the first cells have compiled what they need by then, in ms. */
const SETTLED_MS = 10_000;
const DIGEST_LENGTH = 32;

/**
 * Load a large CommonJS module with its compiled code from the last time, kept in `~/.bioengine/cache`.
 *
 * Without it, or where it is of another file or another Node.js, the module is compiled as usual, and its code is kept.
 *
 * @param name what the kept file is called
 */
export function requireCached(path: string, name: string): unknown {
  const { size, mtimeMs } = statSync(path);
  const key = `${name}-${size}-${Math.round(mtimeMs)}-node${process.versions.node}-${process.arch}.v8`;
  const file = join(process.env.BIOENGINE_HOME ?? join(homedir(), ".bioengine"), "cache", key);
  const cachedData = readIfThere(file);
  const script = new Script(Module.wrap(readText(path)), { filename: path, cachedData });
  const module = new Module(path);
  script
    .runInThisContext()
    .call(module.exports, module.exports, createRequire(path), module, path, dirname(path));
  if (cachedData === undefined || script.cachedDataRejected) {
    setTimeout(() => keep(file, script.createCachedData()), SETTLED_MS).unref();
  }
  return module.exports;
}

/** The text of a file of UTF-8; where it is all ASCII, in a third of the time. */
function readText(path: string): string {
  const bytes = readFileSync(path);
  return bytes.toString(isAscii(bytes) ? "latin1" : "utf8");
}

const digestOf = (data: Uint8Array): Buffer => createHash("sha256").update(data).digest();

function readIfThere(file: string): Buffer | undefined {
  try {
    const kept = readFileSync(file);
    const data = kept.subarray(DIGEST_LENGTH);
    // Node.js would run damaged code, and end.
    return digestOf(data).equals(kept.subarray(0, DIGEST_LENGTH)) ? data : undefined;
  } catch {
    return undefined;
  }
}

function keep(file: string, data: Buffer): void {
  // Whole or not at all: another kernel may read it meanwhile.
  const part = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(part, Buffer.concat([digestOf(data), data]));
    renameSync(part, file);
  } catch {
    // A home that can't be written to has no cache; the next start takes as long as this one.
  }
}

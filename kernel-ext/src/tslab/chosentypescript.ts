import { createRequire } from "node:module";

/** The TypeScript whose internals the kernel knows. */
const KNOWN_VERSION = "5.9.3";

const requireFromTslab = createRequire(require.resolve("tslab"));
const FORK = "@tslab/typescript-for-tslab";

/** Path of tslab's own TypeScript, an older one with a few functions more. */
export const forkPath: string = requireFromTslab.resolve(FORK);

/** A TypeScript that is installed. */
export interface ChosenTypeScript {
  readonly path: string;
  readonly version: string;
}

/**
 * Which TypeScript compiles cells: the known one, or tslab's own where an installation has none or another.
 *
 * Doesn't load it.
 */
export function chosenTypeScript(): ChosenTypeScript {
  const version = installedVersion();
  if (version === KNOWN_VERSION) return { path: require.resolve("typescript"), version };
  const fork: { version: string } = requireFromTslab(`${FORK}/package.json`);
  return { path: forkPath, version: fork.version };
}

function installedVersion(): string | undefined {
  try {
    const { version }: { version: string } = require("typescript/package.json");
    return version;
  } catch {
    return undefined;
  }
}

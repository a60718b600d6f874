import Module from "node:module";
import type * as TypeScript from "typescript";
import { chosenTypeScript, forkPath } from "./chosentypescript";
import { requireCached } from "./codecache";
import { forkParts, type ReleasedTypeScript } from "./forkparts";

const chosen = chosenTypeScript();
const released = requireCached(chosen.path, `typescript-${chosen.version}`) as ReleasedTypeScript;

/** The TypeScript that compiles cells. */
export const ts: typeof TypeScript = released;

/** Finds out what a file declares, for itself. */
export const bindSourceFile: ReleasedTypeScript["bindSourceFile"] = released.bindSourceFile;

/** Where TypeScript gets its classes from. */
export const objectAllocator: ReleasedTypeScript["objectAllocator"] = released.objectAllocator;

/** tslab's own modules that the kernel uses. */
export interface Tslab {
  readonly converter: typeof import("tslab/dist/converter");
  readonly metadata: typeof import("tslab/dist/metadata");
}

/**
 * Load tslab with the chosen TypeScript, some of its functions replaced.
 *
 * tslab fixes its compiler options, module resolution and output; these functions are where it does.
 */
export function loadTslab(replacements: Readonly<Record<string, unknown>>): Tslab {
  const parts = chosen.path === forkPath ? {} : forkParts(released);
  const stand: NodeJS.Module = new Module(forkPath);
  // Marked as compiled: its many names are not copied one by one.
  stand.exports = Object.assign({ __esModule: true }, released, parts, replacements);
  stand.loaded = true;
  require.cache[forkPath] = stand;
  return { converter: require("tslab/dist/converter"), metadata: require("tslab/dist/metadata") };
}

/** What a library calls to show something: a display's content, and whether it replaces an earlier one. */
export type DisplayPublisher = (
  content: { data: object; metadata?: object; transient?: object },
  isUpdate?: boolean,
) => void;

/**
 * Take over what libraries show through tslab.
 *
 * Any `require("tslab")`, also a library's with a tslab of its own, gets the one that is set here.
 *
 * @param interrupts has an event `interrupt` whenever a cell is stopped: what a library still does for it can end
 */
export function publishThrough(publisher: DisplayPublisher, interrupts: EventTarget): void {
  const jupyter: { lastWriteDisplayData: DisplayPublisher | null } = require("tslab/dist/jupyter");
  // Libraries tell by the symbol that this kernel shows a cell's last value by its bundle.
  jupyter.lastWriteDisplayData = Object.assign(publisher, {
    [Symbol.for("Jupyter.display")]: true,
    [Symbol.for("Jupyter.interrupt")]: interrupts,
  });

  const tslab = require.resolve("tslab");
  const resolveFilename: unknown = Reflect.get(Module, "_resolveFilename");
  if (typeof resolveFilename !== "function") return;
  Reflect.set(Module, "_resolveFilename", function (this: unknown, request: string, ...rest: unknown[]) {
    return request === "tslab" ? tslab : resolveFilename.call(this, request, ...rest);
  });
}

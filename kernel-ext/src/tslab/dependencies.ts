import type * as TypeScript from "typescript";

/** Which files of the notebook's own each file imports. */
export class Dependencies {
  readonly #imports = new Map<string, readonly string[]>();

  /** @param imports what the file's imports were resolved to, all of them */
  set(file: string, imports: readonly TypeScript.ResolvedModuleWithFailedLookupLocations[]): void {
    const paths = imports.flatMap(({ resolvedModule: module }) =>
      module && !module.isExternalLibraryImport ? [module.resolvedFileName] : [],
    );
    this.#imports.set(file, paths);
  }

  /** A file, and all that it imports, directly or not. */
  of(file: string): string[] {
    const found = new Set([file]);
    // The set grows while it is gone through.
    for (const path of found) for (const next of this.#imports.get(path) ?? []) found.add(next);
    return [...found];
  }
}

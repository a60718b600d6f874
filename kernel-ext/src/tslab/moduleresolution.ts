import { join } from "node:path";
import type * as TypeScript from "typescript";
import { ts } from "./library";

type Resolution = TypeScript.ResolvedModuleWithFailedLookupLocations;

const ownFile = join(__dirname, "cell.ts");

/**
 * Find the types of what a file imports: from where the file is, then from the kernel's installation.
 *
 * By a package's `exports`, for its `import` and then for its `require`; if only untyped code is there, then where the
 * package declares its types for those who don't read `exports`.
 *
 * @param options of a bundler's resolution
 * @param cache of what doesn't change under a running kernel
 */
export function resolveModule(
  name: string,
  containingFile: string,
  options: TypeScript.CompilerOptions,
  host: TypeScript.ModuleResolutionHost,
  cache: TypeScript.ModuleResolutionCache | undefined,
): Resolution {
  const resolve = (from: string, how = options, mode?: TypeScript.ResolutionMode): Resolution =>
    ts.resolveModuleName(name, from, how, host, how === options ? cache : undefined, undefined, mode);
  const first = resolve(containingFile);
  if (isTyped(first) || name.startsWith(".")) return first;
  const withoutExports = { ...options, moduleResolution: ts.ModuleResolutionKind.Node10 };
  for (const from of [containingFile, ownFile]) {
    const found = [resolve(from), resolve(from, options, ts.ModuleKind.CommonJS)];
    const untyped = found.find(({ resolvedModule }) => resolvedModule);
    if (untyped) return [...found, resolve(from, withoutExports)].find(isTyped) ?? untyped;
  }
  return first;
}

const isTyped = ({ resolvedModule }: Resolution): boolean =>
  resolvedModule !== undefined && !/js$/.test(resolvedModule.extension);

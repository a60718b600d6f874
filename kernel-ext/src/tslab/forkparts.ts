import type * as TypeScript from "typescript";

/** Functions of TypeScript that its declarations don't have. */
export interface Internals {
  readonly nullTransformationContext: TypeScript.TransformationContext;
  getEffectiveTypeRoots(options: object, host: { getCurrentDirectory(): string }): string[] | undefined;
  bindSourceFile(file: TypeScript.SourceFile, options: TypeScript.CompilerOptions): void;
  readonly objectAllocator: {
    getSymbolConstructor(): { readonly prototype: TypeScript.Symbol };
    getSignatureConstructor(): { readonly prototype: TypeScript.Signature };
  };
  sortAndDeduplicateDiagnostics(diagnostics: TypeScript.Diagnostic[]): readonly TypeScript.Diagnostic[];
}

/** A TypeScript as it was released. */
export type ReleasedTypeScript = typeof TypeScript & Internals;

/** What tslab compiles with that its own TypeScript has and a released one hasn't, made of that one's internals. */
export function forkParts(ts: ReleasedTypeScript): Readonly<Record<string, unknown>> {
  return {
    getNullTransformationContext: () => ts.nullTransformationContext,
    getDefaultTypeRoots: (folder: string) =>
      ts.getEffectiveTypeRoots({}, { getCurrentDirectory: () => folder }),
    getPreEmitDiagnosticsOfFiles: (program: TypeScript.Program, files: readonly TypeScript.SourceFile[]) =>
      ts.sortAndDeduplicateDiagnostics([
        ...program.getOptionsDiagnostics(),
        ...program.getGlobalDiagnostics(),
        ...files.flatMap((file) => [
          ...program.getSyntacticDiagnostics(file),
          ...program.getSemanticDiagnostics(file),
          ...program.getDeclarationDiagnostics(file),
        ]),
      ]),
  };
}

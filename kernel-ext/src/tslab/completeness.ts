import type { Completeness } from "../interpreter";
import { ts } from "./library";

/** Makes the text a module, where it may await at its top level. */
const modulePrefix = "export {};\n";
const UNTERMINATED_STRING = 1002;

/**
 * Whether a text is a cell that can run, needs more lines, or can never be one.
 *
 * It needs more when the first thing that its syntax lacks is lacking at its end.
 */
export function completenessOf(code: string): Completeness {
  const { diagnostics = [] } = ts.transpileModule(modulePrefix + code, {
    reportDiagnostics: true,
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ESNext },
  });
  const [first] = diagnostics;
  if (!first) return { status: "complete" };
  const isAtEnd = (first.start ?? 0) >= modulePrefix.length + code.trimEnd().length;
  if (!isAtEnd || first.code === UNTERMINATED_STRING) return { status: "invalid" };
  return { status: "incomplete", indent: indentAfter(code) };
}

/** The indent of the line after the last one: deeper after an opening bracket. */
function indentAfter(code: string): string {
  const lastLine = code.trimEnd().split("\n").at(-1) ?? "";
  const indent = /^\s*/.exec(lastLine)?.[0] ?? "";
  return /([{([]|=>)$/.test(lastLine) ? `${indent}  ` : indent;
}

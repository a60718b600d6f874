import type { Completeness } from "../interpreter";
import { ts } from "./library";

/** Makes the text a module, where it may await at its top level. */
const modulePrefix = "export {};\n";
const UNTERMINATED_STRING = 1002;
const UNTERMINATED_TEMPLATE = 1160;

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
  if (!first) {
    return isOpenEnded(code) ? { status: "incomplete", indent: indentAfter(code) } : { status: "complete" };
  }
  if (first.code === UNTERMINATED_STRING) {
    return /\\\n?$/.test(code) ? { status: "incomplete", indent: "" } : { status: "invalid" };
  }
  if (!isEnd(code, (first.start ?? 0) - modulePrefix.length)) return { status: "invalid" };
  return { status: "incomplete", indent: first.code === UNTERMINATED_TEMPLATE ? "" : indentAfter(code) };
}

/** Whether nothing but space and comments follows an offset. */
function isEnd(code: string, offset: number): boolean {
  const scanner = ts.createScanner(
    ts.ScriptTarget.ESNext,
    true,
    ts.LanguageVariant.Standard,
    code.slice(offset),
  );
  return scanner.scan() === ts.SyntaxKind.EndOfFileToken;
}

/** Whether the last statement is whole to the parser but never to the compiler: `function f()`, `let x = 1,`. */
function isOpenEnded(code: string): boolean {
  const file = ts.createSourceFile("cell.ts", modulePrefix + code, ts.ScriptTarget.ESNext);
  const last = file.statements.at(-1);
  if (!last) return false;
  if (ts.isVariableStatement(last)) return last.declarationList.declarations.hasTrailingComma === true;
  return (
    ts.isFunctionDeclaration(last) &&
    !last.body &&
    !last.modifiers?.some(isDeclare) &&
    !code.trimEnd().endsWith(";")
  );
}

const isDeclare = ({ kind }: { kind: number }): boolean => kind === ts.SyntaxKind.DeclareKeyword;

/** The indent of the line after the last one: deeper after an opening bracket or the head of a case. */
function indentAfter(code: string): string {
  const lastLine = code.trimEnd().split("\n").at(-1) ?? "";
  const indent = /^\s*/.exec(lastLine)?.[0] ?? "";
  return /([{([]|=>|^\s*(case\b.*|default):)$/.test(lastLine) ? `${indent}  ` : indent;
}

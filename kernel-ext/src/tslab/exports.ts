import { ts } from "./library";

/**
 * Blank out what exports in a cell, as code that was copied from a module has it; every other character stays in
 * its place. A cell's variables are there for later cells without it, and tslab takes it for a redeclaration.
 */
export function withoutExports(code: string): string {
  if (!/\bexport\b/.test(code)) return code;
  let result = code;
  const blank = (start: number, end: number): void => {
    result = result.slice(0, start) + result.slice(start, end).replace(/\S/g, " ") + result.slice(end);
  };
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest);
  for (const statement of file.statements) {
    if (ts.isExportDeclaration(statement) && !statement.moduleSpecifier) {
      blank(statement.getStart(file), statement.end);
    } else if (ts.isExportAssignment(statement)) {
      blank(statement.getStart(file), statement.expression.getStart(file));
    } else if (ts.canHaveModifiers(statement)) {
      for (const modifier of ts.getModifiers(statement) ?? []) {
        if (modifier.kind === ts.SyntaxKind.ExportKeyword || modifier.kind === ts.SyntaxKind.DefaultKeyword) {
          blank(modifier.getStart(file), modifier.end);
        }
      }
    }
  }
  return result;
}

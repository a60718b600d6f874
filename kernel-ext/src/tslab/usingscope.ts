import type * as TypeScript from "typescript";
import { ts } from "./library";

/** The export that takes the last expression of a cell with `using` at its top level. */
export const USING_RESULT = "tsUsingResult";

/**
 * Exports a cell's last expression by itself where the cell has `using` at its top level: that puts all of it into a
 * `try`, in which tslab finds no last expression.
 */
export function exportResultOfUsing(
  file: TypeScript.SourceFile,
  factory: TypeScript.NodeFactory,
): TypeScript.SourceFile {
  const last = file.statements.filter((statement) => !ts.isExportDeclaration(statement)).at(-1);
  if (last === undefined || !ts.isExpressionStatement(last) || !file.statements.some(isUsing)) return file;
  const target = factory.createPropertyAccessExpression(factory.createIdentifier("exports"), USING_RESULT);
  const statement = ts.setTextRange(
    factory.createExpressionStatement(factory.createAssignment(target, last.expression)),
    last,
  );
  const statements = file.statements.map((each) => (each === last ? statement : each));
  return factory.updateSourceFile(
    file,
    ts.setTextRange(factory.createNodeArray(statements), file.statements),
  );
}

/** Whether a statement is `using` or `await using`. */
const isUsing = (statement: TypeScript.Statement): boolean =>
  ts.isVariableStatement(statement) && (statement.declarationList.flags & ts.NodeFlags.Using) !== 0;

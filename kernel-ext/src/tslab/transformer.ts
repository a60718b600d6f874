import type * as TypeScript from "typescript";
import { ts } from "./library";
import { exportResultOfUsing } from "./usingscope";

/** Name by which a compiled cell calls what {@link cellTransformer} puts around each `await`. */
export const CHECKPOINT = "__checkpoint";

/** Path of the file that has a cell's text. */
export const cellFile: RegExp = /\/__tslab__\.[jt]s$/;
const earlierCellsFile = /\/__prev__\.d\.ts$/;

/**
 * Mends and extends cells before tslab's own transformations.
 *
 * - `{ image }` with an `image` of an earlier cell becomes `{ image: exports.image }`: tslab leaves the short form
 *   alone, and there is no such variable then.
 * - `await work` becomes `__checkpoint(line, column)(await work)`, where a cell that was interrupted stops; a
 *   `for await` goes through `__checkpoint.each(line, column, …)`, which stops it likewise.
 * - `let x;` becomes `let x = undefined;`, which a variable of that name from an earlier cell then is.
 */
export function cellTransformer(
  checker: TypeScript.TypeChecker,
): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  const isOfEarlierCell = (symbol: TypeScript.Symbol | undefined): boolean =>
    symbol?.declarations?.some((declaration) =>
      earlierCellsFile.test(declaration.getSourceFile().fileName),
    ) ?? false;

  return (context) => {
    const { factory } = context;
    const placeOf = (node: TypeScript.Node): TypeScript.Expression[] => {
      const { line, character } = ts.getLineAndCharacterOfPosition(node.getSourceFile(), node.getStart());
      // tslab has put a line before the cell's first.
      return [factory.createNumericLiteral(line), factory.createNumericLiteral(character + 1)];
    };
    const visit = (node: TypeScript.Node): TypeScript.Node => {
      const visited = ts.visitEachChild(node, visit, context);
      if (ts.isAwaitExpression(visited)) {
        const checkpoint = factory.createCallExpression(
          factory.createIdentifier(CHECKPOINT),
          undefined,
          placeOf(node),
        );
        return ts.setTextRange(factory.createCallExpression(checkpoint, undefined, [visited]), node);
      }
      if (ts.isVariableDeclaration(visited) && isBareVariable(node)) {
        const { name, exclamationToken, type } = visited;
        return factory.updateVariableDeclaration(
          visited,
          name,
          exclamationToken,
          type,
          factory.createVoidZero(),
        );
      }
      if (ts.isForOfStatement(visited) && visited.awaitModifier) {
        const each = factory.createPropertyAccessExpression(factory.createIdentifier(CHECKPOINT), "each");
        const items = factory.createCallExpression(each, undefined, [...placeOf(node), visited.expression]);
        const { awaitModifier, initializer, statement } = visited;
        return factory.updateForOfStatement(visited, awaitModifier, initializer, items, statement);
      }
      if (
        ts.isShorthandPropertyAssignment(node) &&
        ts.isShorthandPropertyAssignment(visited) &&
        isOfEarlierCell(checker.getShorthandAssignmentValueSymbol(node))
      ) {
        const { name, objectAssignmentInitializer: fallback } = visited;
        const variable = factory.createPropertyAccessExpression(
          factory.createIdentifier("exports"),
          name.text,
        );
        const value = fallback ? factory.createAssignment(variable, fallback) : variable;
        return ts.setTextRange(factory.createPropertyAssignment(name.text, value), node);
      }
      return visited;
    };
    return (file) =>
      cellFile.test(file.fileName)
        ? exportResultOfUsing(ts.visitEachChild(file, visit, context), factory)
        : file;
  };
}

/** Whether a node declares a variable at the top level of a cell, without a value. */
function isBareVariable(node: TypeScript.Node): boolean {
  if (!ts.isVariableDeclaration(node) || node.initializer || !ts.isIdentifier(node.name)) return false;
  const statement = node.parent.parent;
  if (!ts.isVariableStatement(statement) || !ts.isSourceFile(statement.parent)) return false;
  return !statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword);
}

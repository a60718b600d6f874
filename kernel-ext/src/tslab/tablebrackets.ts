import type * as TypeScript from "typescript";
import { columnLine, columnReadOf } from "./columnread";
import { ts } from "./library";
import type { Misuse } from "./misuse";

/** TypeScript's own number of an element that is of no known type. */
const NO_ELEMENT = 7053;

/** Columns in brackets, `table["area"]`, which TypeScript lets pass and a table refuses when the cell runs. */
export function tableBracketsIn(file: TypeScript.SourceFile, checker: TypeScript.TypeChecker): Misuse[] {
  const found: Misuse[] = [];
  const isTable = (node: TypeScript.Expression): boolean =>
    checker.getTypeAtLocation(node).symbol?.name === "Table" &&
    checker.getTypeAtLocation(node).getProperty("rowCount") !== undefined;
  const visit = (node: TypeScript.Node): void => {
    const column = ts.isElementAccessExpression(node) ? columnReadOf(node, isTable) : undefined;
    if (!column) return void ts.forEachChild(node, visit);
    const name = JSON.stringify(column.name);
    const advice = `Write ${columnLine(column)}`;
    // The columns of one calculation have one line.
    if (found.some((each) => each.advice === advice)) return;
    const message = `Cannot index a table with brackets: use column(${name}), got [${name}]`;
    found.push({ node: column.node, code: NO_ELEMENT, message, advice });
  };
  // Most cells have none.
  if (/\[\s*["'`]/.test(file.text)) visit(file);
  return found;
}

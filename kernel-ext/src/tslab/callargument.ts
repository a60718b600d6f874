import type * as TypeScript from "typescript";
import { ts } from "./library";
import { innermost, parsed } from "./node";

/** An argument that an error is about, and its call. */
export interface CallArgument {
  readonly call: TypeScript.CallExpression;
  readonly argument: TypeScript.Expression;
}

/** The argument that starts at an offset. */
export function argumentAt(file: TypeScript.SourceFile, offset: number): CallArgument | undefined {
  const isAt = (node: TypeScript.Node): boolean => node.getStart(file) === offset;
  const call = innermost(
    file,
    offset,
    (node): node is TypeScript.CallExpression => ts.isCallExpression(node) && node.arguments.some(isAt),
  );
  const argument = call?.arguments.find(isAt);
  return call && argument && { call, argument };
}

/** A call with another text in the place of one of its arguments. */
export const callWith = ({ call, argument }: CallArgument, text: string): string =>
  `${call.expression.getText()}(${call.arguments.map((each) => (each === argument ? text : each.getText())).join(", ")})`;

/** An expression as something whose member is read or called. */
export const asObject = (node: TypeScript.Expression): string =>
  ts.isLeftHandSideExpression(node) ? node.getText() : `(${node.getText()})`;

/** The same of an expression's text. */
export function asOperand(text: string): string {
  const [statement] = parsed(text).statements;
  return statement && ts.isExpressionStatement(statement) && statement.end === text.length
    ? asObject(statement.expression)
    : `(${text})`;
}

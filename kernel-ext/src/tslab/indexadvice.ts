import type * as TypeScript from "typescript";
import { arrayCall } from "./arraycall";
import { argumentAt } from "./callargument";
import { ts } from "./library";
import { innermost, parsed } from "./node";
import { rangeText } from "./pythonsyntax";

/** Several indices in brackets, or a list in parentheses, of which JavaScript sees the last alone. */
export function adviseIndex(source: string, offset: number): string[] {
  const file = parsed(source);
  const access = innermost(
    file,
    offset,
    (node): node is TypeScript.ElementAccessExpression =>
      ts.isElementAccessExpression(node) && node.argumentExpression.pos <= offset,
  );
  if (access && !ts.isParenthesizedExpression(access.argumentExpression)) {
    const [array, indices] = [access.expression.getText(file), access.argumentExpression.getText(file)];
    const { parent } = access;
    const isSet = ts.isBinaryExpression(parent) && parent.left === access && isAssignment(parent);
    return [`Write ${array}.${isSet ? `set(${parent.right.getText(file)}, ${indices})` : `at(${indices})`}`];
  }
  const [, start] = /\(([^()[\]]*)$/.exec(source.slice(0, offset)) ?? [];
  const [, rest] = /^([^()[\]]*)\)/.exec(source.slice(offset)) ?? [];
  return start === undefined || rest === undefined ? [] : [`A list is in brackets: [${start}${rest}]`];
}

const isAssignment = ({ operatorToken }: TypeScript.BinaryExpression): boolean =>
  operatorToken.kind === ts.SyntaxKind.EqualsToken;

/** Python's ranges as a text, `image.slice("0:100, 5:")`: the call with lists. */
export function adviseSliceText(message: string, source: string, offset: number): string[] {
  if (
    !/^Argument of type 'string' is not assignable to parameter of type '(SliceRange|ReadRange)'/.test(
      message,
    )
  )
    return [];
  const call = argumentAt(parsed(source), offset)?.call;
  const texts = call?.arguments.filter(ts.isStringLiteralLike) ?? [];
  if (!call || texts.length < call.arguments.length) return [];
  const ranges = texts.flatMap(({ text }) => text.split(","));
  if (!ranges.every((range) => /^[\s\d:-]+$/.test(range))) return [];
  return [`Write ${call.expression.getText()}(${ranges.map(rangeText).join(", ")})`];
}

/** A position as a list where its parts are arguments, `markers.set([y, x], 1)` or `slide.read([[0, 9], [0, 9]])`. */
export function adviseIndexList(message: string, source: string, offset: number): string[] {
  if (!/^(Argument of type '(number|any)\[\]'|Type 'number\[\]') is not assignable to/.test(message))
    return [];
  const call = innermost(
    parsed(source),
    offset,
    (node): node is TypeScript.CallExpression =>
      ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression),
  );
  const [list, ...others] = call?.arguments ?? [];
  if (!call || !ts.isPropertyAccessExpression(call.expression) || !list || !ts.isArrayLiteralExpression(list))
    return [];
  const method = call.expression.name.text;
  const indices = list.elements.map((element) => element.getText());
  const values = others.map((other) => other.getText());
  if (method === "percentile") {
    const written = arrayCall(method, call.expression.expression.getText(), [list.getText(), ...values]);
    return written === undefined ? [] : [`Write ${written}`];
  }
  const isRead = /^(at|get|slice|read)$/.test(method) && values.length === 0;
  if (!isRead && !(method === "set" && values.length === 1)) return [];
  return [`Write ${call.expression.getText()}(${[...values, ...indices].join(", ")})`];
}

import type * as TypeScript from "typescript";
import { ts } from "./library";
import { parsed } from "./node";

/** A promise where its value was meant: the part of the line with the missing word. */
export function adviseAwait(message: string, source: string, start: number, end: number): string[] {
  const [first = ""] = message.split("\n");
  const isMember = /^Property '.*' does not exist on type 'Promise</.test(first);
  const isValue =
    /^(Argument of type|Type) 'Promise<.*' (is (not assignable to|missing)|must have)/.test(first) &&
    !/ type 'Promise<[^']*'\.$/.test(first);
  if (!isMember && !isValue) return [];
  return [`It is a promise: ${awaited(source, start, end)}`];
}

/** The expression that an error's mark is on, or that its variable gets, with `await`. */
function awaited(source: string, start: number, end: number): string {
  const file = parsed(source);
  const find = (node: TypeScript.Node): TypeScript.Node | undefined =>
    node.getStart(file) === start && node.end === end
      ? node
      : ts.forEachChild(node, (child) => (child.pos <= start && end <= child.end ? find(child) : undefined));
  const node = find(file);
  const parent = node?.parent;
  if (parent && ts.isPropertyAccessExpression(parent) && parent.name === node) {
    return `(await ${parent.expression.getText(file)}).${parent.name.text}`;
  }
  const taken = parent && ts.isBindingElement(parent) ? parent.parent.parent : parent;
  const value = taken && ts.isVariableDeclaration(taken) ? taken.initializer : node;
  return `await ${value?.getText(file) ?? source.slice(start, end)}`;
}

/** A method without arguments whose result was meant: the part of the line with its call. */
export function adviseCall(message: string, source: string, start: number, end: number): string[] {
  const isMember = /^Property '.*' does not exist on type '\(\) => /.test(message);
  const isIterated = /^Type '\(\) => .*' must have a '\[Symbol.iterator\]/.test(message);
  if (!isMember && !isIterated) return [];
  const before = source.slice(0, isMember ? start : end);
  const [, path] = /([\w$.]+?)\.?$/.exec(before) ?? [];
  return path === undefined
    ? []
    : [`It is a method: ${path}()${isMember ? `.${source.slice(start, end)}` : ""}`];
}

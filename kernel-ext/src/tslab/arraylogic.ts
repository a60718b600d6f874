import type * as TypeScript from "typescript";
import { asObject } from "./callargument";
import type { Editor } from "./editor";
import { ts } from "./library";
import { methods, swapped } from "./operatoradvice";

/** An expression as arrays have it. */
interface Written {
  readonly text: string;
  /** As something whose method is called. */
  readonly object: string;
  readonly isArray: boolean;
}

const logical = new Map<TypeScript.SyntaxKind, string>([
  [ts.SyntaxKind.AmpersandAmpersandToken, "logicalAnd"],
  [ts.SyntaxKind.BarBarToken, "logicalOr"],
]);

/** Methods in place of operators before an array. */
export const prefixMethods: ReadonlyMap<TypeScript.SyntaxKind, string> = new Map<
  TypeScript.SyntaxKind,
  string
>([
  [ts.SyntaxKind.ExclamationToken, "logicalNot()"],
  [ts.SyntaxKind.MinusToken, "multiply(-1)"],
  [ts.SyntaxKind.TildeToken, "logicalNot()"],
]);

/**
 * A line with arrays' methods in place of operators that TypeScript has for single values alone, `bright && mask > 3`.
 *
 * @param line may end in a block of what is left out, `{ … }`
 * @param row which of the source's lines it is to stand for
 */
export function withArrayMethods(line: string, source: string, row: number, editor: Editor): string {
  const [, head = "", body = "", block = ""] = /^(\} else )?(.*?)( \{ … \}| \{)?$/.exec(line) ?? [];
  const lines = source.split("\n");
  lines[row] = block === "" ? body : `${body} { }`;
  const before = lines.slice(0, row).reduce((length, each) => length + each.length + 1, 0);
  const [text = body] = editor.look(lines.join("\n"), ({ checker, file, start }) => {
    const at = start + before;
    const parts: { start: number; end: number; text: string }[] = [];
    const visit = (node: TypeScript.Node): void => {
      if (node.end <= at || node.pos >= at + body.length) return;
      const isOperation = ts.isBinaryExpression(node) || ts.isPrefixUnaryExpression(node);
      const written = isOperation ? writtenOf(node, checker) : undefined;
      if (!written?.isArray) return void ts.forEachChild(node, visit);
      const ends = { start: node.getStart(file) - at, end: node.end - at };
      parts.unshift({ ...ends, text: isCondition(node) ? `${written.text}.any()` : written.text });
    };
    visit(file);
    return [
      parts.reduce((whole, part) => whole.slice(0, part.start) + part.text + whole.slice(part.end), body),
    ];
  });
  return `${head}${text}${block}`;
}

/** An expression with arrays' methods in place of the operators that they don't have. */
export function writtenOf(node: TypeScript.Expression, checker: TypeScript.TypeChecker): Written {
  if (ts.isParenthesizedExpression(node)) {
    const inner = writtenOf(node.expression, checker);
    return inner.isArray ? inner : plain(node, false);
  }
  if (ts.isPrefixUnaryExpression(node)) {
    const method = prefixMethods.get(node.operator);
    const { object, isArray } = writtenOf(node.operand, checker);
    return isArray && method !== undefined ? called(`${object}.${method}`) : plain(node, false);
  }
  if (ts.isBinaryExpression(node)) {
    const [left, right] = [writtenOf(node.left, checker), writtenOf(node.right, checker)];
    const { kind } = node.operatorToken;
    const name = logical.get(kind);
    if (name !== undefined && left.isArray && right.isArray)
      return called(`${left.object}.${name}(${right.text})`);
    const method = methods.get(kind);
    if (method !== undefined && left.isArray) return called(`${left.object}.${method}(${right.text})`);
    const other = method !== undefined && Object.hasOwn(swapped, method) ? swapped[method] : undefined;
    if (other !== undefined && right.isArray) return called(`${right.object}.${other}(${left.text})`);
    return plain(node, false);
  }
  return plain(node, checker.getTypeAtLocation(node).getProperty("logicalNot") !== undefined);
}

const called = (text: string): Written => ({ text, object: text, isArray: true });

const plain = (node: TypeScript.Expression, isArray: boolean): Written => ({
  text: node.getText(),
  object: asObject(node),
  isArray,
});

/** Whether an expression is all that decides what is done. */
const isCondition = ({ parent }: TypeScript.Node): boolean =>
  ts.isParenthesizedExpression(parent)
    ? isCondition(parent)
    : ts.isIfStatement(parent) || ts.isWhileStatement(parent);

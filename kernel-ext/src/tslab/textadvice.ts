import type * as TypeScript from "typescript";
import type { Editor } from "./editor";
import { ts } from "./library";
import { parsed } from "./node";
import { nearest } from "./spelling";

/** How many texts are listed. */
const MOST_TEXTS = 16;

/** What dtypes and statistics are called elsewhere. */
const otherTexts: Readonly<Record<string, string>> = {
  int: "int32",
  uint: "uint32",
  float: "float32",
  single: "float32",
  double: "float64",
  long: "int64",
  boolean: "bool",
  average: "mean",
  avg: "mean",
  stddev: "std",
  sd: "std",
  size: "count",
  nunique: "unique",
};

/** A text where one of a few others was meant, marked itself or by the key that it is the value of. */
export function adviseText(source: string, offset: number, editor: Editor): string[] {
  const file = parsed(source);
  for (const literal of textsAt(file, offset)) {
    const { text } = literal;
    const texts = editor.membersAt(source, literal.getStart(file) + 1);
    if (texts.length === 0 || texts.includes(text)) continue;
    const other = Object.hasOwn(otherTexts, text) ? otherTexts[text] : undefined;
    const meant = other !== undefined && texts.includes(other) ? other : nearest(text, texts);
    const more = texts.length > MOST_TEXTS ? ", …" : "";
    const all = `${texts
      .slice(0, MOST_TEXTS)
      .map((each) => JSON.stringify(each))
      .join(", ")}${more}`;
    return [meant === undefined ? `It may be: ${all}` : `Did you mean "${meant}"? It may be: ${all}`];
  }
  return [];
}

/** The texts that an error at an offset is about. */
function textsAt(file: TypeScript.SourceFile, offset: number): TypeScript.StringLiteral[] {
  const textsIn = (node: TypeScript.Node): TypeScript.StringLiteral[] => {
    if (ts.isStringLiteral(node)) return [node];
    return ts.isArrayLiteralExpression(node) ? node.elements.flatMap(textsIn) : [];
  };
  const find = (node: TypeScript.Node): TypeScript.StringLiteral[] | undefined => {
    if (node.getStart(file) === offset && ts.isPropertyAssignment(node)) return textsIn(node.initializer);
    if (node.getStart(file) === offset && ts.isStringLiteral(node)) return [node];
    return ts.forEachChild(node, (child) =>
      child.pos <= offset && offset < child.end ? find(child) : undefined,
    );
  };
  return find(file) ?? [];
}

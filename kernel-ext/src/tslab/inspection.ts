import type * as TypeScript from "typescript";
import type { Inspection } from "../interpreter";
import { documentationOf } from "./documentation";
import type { OpenCell } from "./languageservice";
import { ts } from "./library";
import { inspectCall } from "./signaturehelp";

/** What is known about the name at an offset of a cell or, where there is none, about the call around it. */
export function inspectionOf(cell: OpenCell, code: string, offset: number): Inspection | undefined {
  const position = inspectedPosition(cell, code, offset);
  if (position === undefined) return inspectCall(cell, cell.start + offset);
  const info = cell.service.getQuickInfoAtPosition(cell.file.fileName, position);
  const key = info && inspectKey(cell, info.textSpan);
  return key ?? (info ? inspectName(info) : inspectCall(cell, cell.start + offset));
}

/** Where the name is that an offset asks for: around it, or just before it. */
export function inspectedPosition({ start }: OpenCell, code: string, offset: number): number | undefined {
  const isName = (character: string | undefined): boolean => /[\p{ID_Continue}$#"'`]/u.test(character ?? "");
  if (isName(code[offset])) return start + offset;
  return isName(code[offset - 1]) ? start + offset - 1 : undefined;
}

/** What an object's key means to the function or the type that the object is for. */
function inspectKey({ checker, file }: OpenCell, { start }: TypeScript.TextSpan): Inspection | undefined {
  const property = propertyAt(file, start);
  if (!property || !ts.isObjectLiteralExpression(property.parent)) return undefined;
  const key = checker.getContextualType(property.parent)?.getProperty(property.name.getText(file));
  if (!key) return undefined;
  const type = checker.typeToString(checker.getTypeOfSymbolAtLocation(key, file));
  const optional = key.flags & ts.SymbolFlags.Optional ? "?" : "";
  return {
    signature: `(property) ${key.name}${optional}: ${type}`,
    documentation: documentationOf(key.getDocumentationComment(checker), key.getJsDocTags(checker)),
  };
}

type Property = TypeScript.PropertyAssignment | TypeScript.ShorthandPropertyAssignment;

/** The property of an object whose key begins at a position. */
function propertyAt(file: TypeScript.SourceFile, position: number): Property | undefined {
  const search = (node: TypeScript.Node): Property | undefined => {
    const isProperty = ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node);
    if (isProperty && node.name.getStart(file) === position) return node;
    return ts.forEachChild(node, (child) =>
      child.pos <= position && position < child.end ? search(child) : undefined,
    );
  };
  return search(file);
}

const inspectName = ({ displayParts, documentation, tags }: TypeScript.QuickInfo): Inspection => ({
  signature: ts
    .displayPartsToString(displayParts)
    .replace(/^\(alias\) /, "")
    .replace(/\nimport .*$/, ""),
  documentation: documentationOf(documentation, tags),
});

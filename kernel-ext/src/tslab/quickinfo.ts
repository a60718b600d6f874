import type * as TypeScript from "typescript";

/** Functions of TypeScript that its declarations don't have: what a language service makes quick info of. */
export interface QuickInfoInternals {
  getTouchingPropertyName(file: TypeScript.SourceFile, position: number): TypeScript.Node;
  getContainerNode(node: TypeScript.Node): TypeScript.Node | undefined;
  typeToDisplayParts(
    checker: TypeScript.TypeChecker,
    type: TypeScript.Type,
    enclosing: TypeScript.Node | undefined,
  ): TypeScript.SymbolDisplayPart[];
  readonly SymbolDisplay: {
    getSymbolDisplayPartsDocumentationAndSymbolKind(
      checker: TypeScript.TypeChecker,
      symbol: TypeScript.Symbol,
      file: TypeScript.SourceFile,
      enclosing: TypeScript.Node | undefined,
      location: TypeScript.Node,
    ): SymbolDisplay;
    getSymbolModifiers(checker: TypeScript.TypeChecker, symbol: TypeScript.Symbol): string;
  };
}

interface SymbolDisplay extends Pick<TypeScript.QuickInfo, "displayParts" | "documentation" | "tags"> {
  readonly symbolKind: TypeScript.ScriptElementKind;
}

/** What is known about the name at a position, without a language service, which would need a program of its own. */
export function quickInfoAt(
  ts: typeof TypeScript & QuickInfoInternals,
  checker: TypeScript.TypeChecker,
  file: TypeScript.SourceFile,
  position: number,
): TypeScript.QuickInfo | undefined {
  const touched = ts.getTouchingPropertyName(file, position);
  if (touched === file) return undefined;
  const { parent } = touched;
  const isNewedExpression = ts.isNewExpression(parent) && touched.pos === parent.pos;
  const isPartOfName = ts.isMetaProperty(parent) && parent.name === touched;
  const node = isNewedExpression ? parent.expression : isPartOfName ? parent : touched;
  const enclosing = ts.getContainerNode(node);
  const textSpan = ts.createTextSpanFromBounds(node.getStart(file), node.end);
  const symbol = checker.getSymbolAtLocation(node);
  if (symbol) {
    const { SymbolDisplay } = ts;
    const { symbolKind, displayParts, documentation, tags } =
      SymbolDisplay.getSymbolDisplayPartsDocumentationAndSymbolKind(checker, symbol, file, enclosing, node);
    const kindModifiers = SymbolDisplay.getSymbolModifiers(checker, symbol);
    return { kind: symbolKind, kindModifiers, textSpan, displayParts, documentation, tags };
  }
  if (!ts.isIdentifier(node) && node.kind !== ts.SyntaxKind.ThisKeyword && !ts.isMetaProperty(node)) {
    return undefined;
  }
  const type = checker.getTypeAtLocation(node);
  return {
    kind: ts.ScriptElementKind.unknown,
    kindModifiers: "",
    textSpan,
    displayParts: ts.typeToDisplayParts(checker, type, enclosing),
    documentation: type.symbol?.getDocumentationComment(checker),
    tags: type.symbol?.getJsDocTags(checker),
  };
}

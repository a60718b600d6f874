import type * as TypeScript from "typescript";
import type { Inspection } from "../interpreter";
import { documentationOf } from "./documentation";
import type { OpenCell } from "./languageservice";
import { ts } from "./library";

/**
 * How the function is called whose brackets are around a position of a cell's file.
 *
 * The documentation begins with the argument that the position is in and, inside an object, with the keys that it may
 * still get.
 */
export function inspectCall(cell: OpenCell, position: number): Inspection | undefined {
  const { service, file } = cell;
  const help = service.getSignatureHelpItems(file.fileName, position, {});
  const item = help?.items[help.selectedItemIndex];
  if (!help || !item) return undefined;
  const last = item.parameters.length - 1;
  const active = item.parameters[item.isVariadic ? Math.min(help.argumentIndex, last) : help.argumentIndex];
  const overloads = help.items.filter((other) => other !== item).map(signatureOf);
  return {
    signature: [signatureOf(item), ...overloads].join("\n"),
    documentation: [
      active ? describeParameter(active) : "",
      keysAt(cell, position),
      documentationOf(item.documentation, item.tags),
    ]
      .filter(Boolean)
      .join("\n\n"),
  };
}

function signatureOf(item: TypeScript.SignatureHelpItem): string {
  const separator = ts.displayPartsToString(item.separatorDisplayParts);
  const parameters = item.parameters.map(({ displayParts }) => ts.displayPartsToString(displayParts));
  const [prefix, suffix] = [item.prefixDisplayParts, item.suffixDisplayParts].map((parts) =>
    ts.displayPartsToString(parts),
  );
  return `${prefix}${parameters.join(separator)}${suffix}`;
}

function describeParameter({ displayParts, documentation }: TypeScript.SignatureHelpParameter): string {
  const text = documentationOf(documentation);
  return `▸ \`${ts.displayPartsToString(displayParts)}\`${text && ` ${text}`}`;
}

/** The keys that fit at a position inside an object, a line each. */
function keysAt({ service, checker, file }: OpenCell, position: number): string {
  const info = service.getCompletionsAtPosition(file.fileName, position, { includeSymbol: true });
  if (!info?.isMemberCompletion) return "";
  const lines = info.entries.flatMap(({ name, kind, symbol }) => {
    if (kind !== "property" || !symbol) return [];
    const type = checker.typeToString(checker.getTypeOfSymbolAtLocation(symbol, file));
    const optional = symbol.flags & ts.SymbolFlags.Optional ? "?" : "";
    const text = documentationOf(symbol.getDocumentationComment(checker)).replaceAll("\n", " ");
    return [`- \`${name}${optional}: ${type}\`${text && ` ${text}`}`];
  });
  return lines.join("\n");
}

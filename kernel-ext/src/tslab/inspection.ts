import type * as TypeScript from "typescript";
import type { Inspection } from "../interpreter";
import { ts } from "./library";

/** TypeScript's quick info as a signature and Markdown. */
export function inspectionOf(info: TypeScript.QuickInfo): Inspection {
  const tags = (info.tags ?? []).map(({ name, text }) =>
    `*@${name}* ${ts.displayPartsToString(text)}`.trim(),
  );
  return {
    signature: ts.displayPartsToString(info.displayParts),
    documentation: [ts.displayPartsToString(info.documentation), ...tags].filter(Boolean).join("\n\n"),
  };
}

/**
 * The offsets at which the name may be that a position asks for: the position, and, after the bracket of a call or in
 * its arguments, the name that is called.
 */
export function inspectedOffsets(code: string, offset: number): number[] {
  const offsets = [offset];
  let depth = 0;
  for (let index = offset - 1; index >= 0; index--) {
    const character = code[index] ?? "";
    if (character === ")") depth++;
    if (character !== "(") continue;
    if (depth === 0) {
      offsets.push(code.slice(0, index).trimEnd().length - 1);
      break;
    }
    depth--;
  }
  return offsets;
}

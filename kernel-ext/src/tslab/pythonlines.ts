import type { Diagnostic } from "tslab/dist/converter";
import { syntaxOf } from "./pythonsyntax";

/** Errors of TypeScript's grammar have numbers up to this; an import of Python's is taken for an alias. */
const MOST_OF_GRAMMAR = 1999;
const CIRCULAR_ALIAS = 2303;

/** Whether TypeScript failed at the grammar of a line. */
export const isOfGrammar = ({ code }: Diagnostic): boolean =>
  code <= MOST_OF_GRAMMAR || code === CIRCULAR_ALIAS;

/**
 * The errors that are worth reading: of lines in Python's grammar one each, without all that follows from it.
 *
 * @param sourceOf the text of the cell (`undefined`) or of a file
 */
export function withoutConsequences(
  diagnostics: readonly Diagnostic[],
  sourceOf: (fileName: string | undefined) => string,
): readonly Diagnostic[] {
  const lineOf = ({ fileName, start }: Diagnostic): string =>
    sourceOf(fileName).split("\n")[start.line] ?? "";
  const key = ({ fileName, start }: Diagnostic): string => `${fileName ?? ""}:${start.line}`;
  const inPython = diagnostics.filter(
    (diagnostic) => isOfGrammar(diagnostic) && syntaxOf(lineOf(diagnostic)) !== undefined,
  );
  if (inPython.length === 0) return diagnostics;
  const keys = inPython.map(key);
  return inPython.filter((diagnostic, index) => keys.indexOf(key(diagnostic)) === index);
}

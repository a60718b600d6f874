import type { Diagnostic } from "tslab/dist/converter";
import type * as TypeScript from "typescript";
import { isKeyword } from "./calltext";
import { ts } from "./library";
import { innermost, parsed } from "./node";
import { isPythonModule } from "./pythonnames";

/** Cannot find name; the same with what may be meant; cannot assign to it because it is a constant. */
const ofNames = [2304, 2552, 2588];

/** Left side of comma operator is unused: a tuple. */
const COMMA = 2695;

/** An error in a keyword of Python's. */
interface KeywordError {
  readonly diagnostic: Diagnostic;
  readonly call: TypeScript.CallExpression;
  /** Whether it is of the keyword's name, which is taken for a variable. */
  readonly isName: boolean;
}

/**
 * The errors that are worth reading of calls with keywords, `gaussian(image, sigma=1)`: one of each call.
 *
 * That is the one of what is called, if that is wrong too: whoever mends it writes the arguments anew.
 */
export function withoutKeywordErrors(
  diagnostics: readonly Diagnostic[],
  sourceOf: (fileName: string | undefined) => string,
): readonly Diagnostic[] {
  const found = diagnostics.flatMap((diagnostic) => keywordError(diagnostic, sourceOf(diagnostic.fileName)));
  const isConsequence = (diagnostic: Diagnostic): boolean => {
    const error = found.find((each) => each.diagnostic === diagnostic);
    if (!error) return false;
    const { call } = error;
    const first = found.find(
      (each) =>
        each.isName &&
        each.diagnostic.fileName === diagnostic.fileName &&
        each.call.pos === call.pos &&
        each.call.end === call.end,
    );
    const isCalleeWrong = diagnostics.some(
      ({ fileName, start }) =>
        fileName === diagnostic.fileName &&
        call.expression.getStart() <= start.offset &&
        start.offset < call.expression.end,
    );
    return first !== undefined && (isCalleeWrong || first.diagnostic !== diagnostic);
  };
  return diagnostics.filter((diagnostic) => !isConsequence(diagnostic));
}

function keywordError(diagnostic: Diagnostic, source: string): KeywordError[] {
  const { code, start, end } = diagnostic;
  // Most cells have no keywords: those are not parsed for it.
  if (!/[(,]\s*\w+\s*=(?![=>])/.test(source)) return [];
  const keyword = innermost(parsed(source), start.offset, isKeyword);
  if (!keyword || !ts.isCallExpression(keyword.parent)) return [];
  const isAtName = keyword.getStart() === start.offset;
  const text = source.slice(start.offset, end.offset);
  // What else is wrong in its value is an error of its own.
  const isPython = code === COMMA || /^(True|False|None)$/.test(text) || isPythonModule(text);
  if (!isAtName && !isPython) return [];
  return [{ diagnostic, call: keyword.parent, isName: isAtName && ofNames.includes(code) }];
}

import type { Diagnostic } from "tslab/dist/converter";
import { codeFrame } from "../codeframe";
import { shorten } from "./shortmessage";

/** More errors than these are not read: what comes after the first often follows from it. */
const MOST_ERRORS = 8;

/** No overload matches this call: a list of all of them follows, which nobody needs who has the right line. */
const NO_OVERLOAD = 2769;

/** A cell that TypeScript refused; it didn't run. */
export class TypeScriptError extends Error {
  override readonly name = "TypeScriptError";
  /** Each error with its line, a mark and what mends it. */
  readonly traceback: readonly string[];

  /**
   * @param diagnostics at least one
   * @param cellName what the cell is called
   * @param sourceOf the text of the cell (`undefined`) or of a file that it imports
   * @param advise what mends an error, a line each
   */
  constructor(
    diagnostics: readonly Diagnostic[],
    cellName: string,
    sourceOf: (fileName: string | undefined) => string,
    advise: (diagnostic: Diagnostic) => readonly string[],
  ) {
    const shown: Told[] = [];
    let hidden = 0;
    for (const diagnostic of diagnostics) {
      const isAgain = shown.some((each) => isSameName(each.diagnostic, diagnostic));
      if (shown.length === MOST_ERRORS) {
        if (!isAgain) hidden++;
        continue;
      }
      const advice = advise(diagnostic);
      // A name is told once, unless another line mends its next use.
      if (isAgain && shown.some((each) => each.advice.join() === advice.join())) continue;
      shown.push({ diagnostic: { ...diagnostic, messageText: messageOf(diagnostic, advice) }, advice });
    }
    super(shown[0] && shorten(shown[0].diagnostic.messageText).join("\n"));
    this.traceback = [
      ...shown.flatMap(({ diagnostic, advice }, index) => [
        ...(index > 0 ? [""] : []),
        ...describe(diagnostic, cellName, sourceOf(diagnostic.fileName)),
        ...advice.map((line) => `  ${line}`),
      ]),
      ...(hidden > 0 ? ["", `… and ${hidden} more ${hidden > 1 ? "errors" : "error"}`] : []),
    ];
  }
}

interface Told {
  readonly diagnostic: Diagnostic;
  readonly advice: readonly string[];
}

/** Whether two errors are of one name that is missing. */
function isSameName(one: Diagnostic, other: Diagnostic): boolean {
  const name = missingName(one);
  return name !== undefined && name === missingName(other);
}

function missingName({ messageText, fileName = "" }: Diagnostic): string | undefined {
  const [, name] =
    /^(?:Cannot find name|No value exists in scope for the shorthand property) '([^']+)'/.exec(messageText) ??
    [];
  return name === undefined ? undefined : `${fileName}:${name}`;
}

/** An error's message without what the right line replaces: the overloads, and a name that is only like it. */
function messageOf({ code, messageText }: Diagnostic, advice: readonly string[]): string {
  const [first = ""] = messageText.split("\n");
  if (code === NO_OVERLOAD && advice.length > 0) return first;
  const isWritten = advice.some((line) => /^(Write|In TypeScript:) /.test(line));
  return isWritten ? messageText.replace(/ Did you mean (to write )?'[^'\n]+'\?/, "") : messageText;
}

function describe({ messageText, code, fileName, start, end }: Diagnostic, cellName: string, source: string) {
  const [message, ...reasons] = shorten(messageText);
  const length = end.line === start.line ? end.character - start.character : Number.POSITIVE_INFINITY;
  return [
    `${fileName ?? cellName}, line ${start.line + 1}: ${message} (TS${code})`,
    ...reasons,
    ...codeFrame(source, { line: start.line, column: start.character }, length),
  ];
}

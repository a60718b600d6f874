import type { Diagnostic } from "tslab/dist/converter";
import { codeFrame } from "../codeframe";

const CANNOT_FIND_MODULE = 2307;

/** A cell that TypeScript refused; it didn't run. */
export class TypeScriptError extends Error {
  override readonly name = "TypeScriptError";
  /** Each error with its line and a mark. */
  readonly traceback: readonly string[];

  /**
   * @param diagnostics at least one
   * @param sourceOf the text of the cell (`undefined`) or of a file that it imports
   * @param cellName what the cell is called
   */
  constructor(
    diagnostics: readonly Diagnostic[],
    sourceOf: (fileName: string | undefined) => string,
    cellName: string,
  ) {
    const groups = groupByPlace(diagnostics);
    super(groups[0]?.[0]?.messageText);
    this.traceback = groups.flatMap((group, index) => [
      ...(index > 0 ? [""] : []),
      ...describe(group, sourceOf(group[0]?.fileName), cellName),
    ]);
  }
}

/** The converter gives the reasons of an error as more errors, at the same place. */
function groupByPlace(diagnostics: readonly Diagnostic[]): Diagnostic[][] {
  const groups: Diagnostic[][] = [];
  for (const diagnostic of diagnostics) {
    const group = groups.at(-1);
    const isReason =
      group?.[0]?.start.offset === diagnostic.start.offset && group[0].end.offset === diagnostic.end.offset;
    if (isReason) group.push(diagnostic);
    else groups.push([diagnostic]);
  }
  return groups;
}

function describe(group: readonly Diagnostic[], source: string, cellName: string): string[] {
  return group.flatMap(({ messageText, code, fileName, start, end }, index) => {
    if (index > 0) return [`${"  ".repeat(index)}${messageText}`];
    const length = end.line === start.line ? end.character - start.character : Number.POSITIVE_INFINITY;
    return [
      `${fileName ?? cellName}:${start.line + 1}:${start.character + 1} - error TS${code}: ${messageText}`,
      ...adviceFor(code, messageText),
      ...codeFrame(source, { line: start.line, column: start.character }, length),
    ];
  });
}

function adviceFor(code: number, message: string): string[] {
  const [, name] = (code === CANNOT_FIND_MODULE && /^Cannot find module '([^'./][^']*)'/.exec(message)) || [];
  return name ? [`  Install it in the notebook's folder, in a terminal: npm install ${packageOf(name)}`] : [];
}

const packageOf = (specifier: string): string => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;

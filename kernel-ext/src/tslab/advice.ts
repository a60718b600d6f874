import { dirname, join } from "node:path";
import type { Diagnostic } from "tslab/dist/converter";
import { adviseArguments, adviseUncallable } from "./argumentsadvice";
import { arrayMembers } from "./arrayadvice";
import { withArrayMethods } from "./arraylogic";
import { adviseArrayMisuse } from "./arraymisuse";
import { adviseAwait, adviseCall } from "./calladvice";
import { adviseColumnUse } from "./columnadvice";
import { adviseColumnList } from "./columnlist";
import { adviseCondition } from "./conditionadvice";
import { adviseData } from "./dataadvice";
import type { Editor } from "./editor";
import { adviseFittingValue } from "./fittingvalue";
import { adviseFootprint } from "./footprintadvice";
import { adviseGroupedSample } from "./groupedsample";
import { adviseImagePath, adviseListArgument, adviseShownList, adviseShownMask } from "./imageargument";
import { adviseIndex, adviseIndexList, adviseSliceText } from "./indexadvice";
import { ts } from "./library";
import { adviseMember } from "./memberadvice";
import { adviseMissingArgument } from "./missingargument";
import { withMissingImports } from "./missingimports";
import { adviseName } from "./nameadvice";
import { innermost, parsed } from "./node";
import { adviseOperator } from "./operatoradvice";
import { adviseAxis, adviseList, adviseOption, adviseOptions } from "./optionsadvice";
import { adviseOrder, adviseSortFunction } from "./orderadvice";
import { builtins, filesIn, packageNames, packageOf } from "./packages";
import { adviseKeyword } from "./pythoncall";
import { isOfGrammar } from "./pythonlines";
import { syntaxOf } from "./pythonsyntax";
import { adviseRegion } from "./regionadvice";
import { nearest } from "./spelling";
import { adviseTableUse } from "./tableadvice";
import {
  adviseColumnNames,
  adviseGroupFunction,
  adviseKeptFunction,
  adviseTableArgument,
} from "./tableargument";
import { adviseText } from "./textadvice";

/**
 * What mends an error that TypeScript found, a line each.
 *
 * @param source the text that the error is in
 */
export function adviceFor(diagnostic: Diagnostic, source: string, editor: Editor): string[] {
  return linesFor(diagnostic, source, editor).map((line) => withMissingImports(line, source, editor));
}

function linesFor(diagnostic: Diagnostic, source: string, editor: Editor): string[] {
  const { messageText, code, start, end } = diagnostic;
  if (isOfGrammar(diagnostic)) {
    const lines = source.slice(0, start.offset).trimEnd().split("\n");
    // What ends too early is marked on the next line.
    const row = source.split("\n")[start.line]?.trim() ? start.line : lines.length - 1;
    const written = syntaxOf(source.split("\n")[row] ?? "");
    if (written !== undefined) return [`In TypeScript: ${withArrayMethods(written, source, row, editor)}`];
  }
  const marked = source.slice(start.offset, end.offset);
  switch (code) {
    case 2304: // Cannot find name
    case 2552: // Cannot find name, did you mean
    case 2503: // Cannot find namespace
    case 18004: // No value exists in scope for the shorthand property
      return adviseName(marked, source, start.offset, editor);
    case 2588: // Cannot assign to … because it is a constant
      return adviseKeyword(source, start.offset);
    case 2307: // Cannot find module
    case 2792: // Cannot find module, did you mean to set 'moduleResolution'
      return adviseModule(/module '([^']+)'/.exec(messageText)?.[1] ?? "", editor.folder);
    case 2362: // The left-hand side of an arithmetic operation must be of type
    case 2363: // The right-hand side of an arithmetic operation must be of type
    case 2365: // Operator cannot be applied to types
    case 2367: // This comparison appears to be unintentional
      return [
        ...adviseOperator(source, start.offset, editor),
        ...adviseColumnList(source, start.offset, editor),
      ].slice(0, 1);
    case 2736: // Operator cannot be applied to type
    case 7053: // Element implicitly has an 'any' type
    case 2454: // Variable is used before being assigned
    case 2801: // This condition will always return true
      return adviseArrayMisuse(source, start.offset, editor);
    case 2538: // Type cannot be used as an index type
      return adviseCondition(messageText, source, start.offset);
    case 2695: // Left side of comma operator is unused
      return adviseIndex(source, start.offset);
    case 2554: // Expected … arguments, but got …
    case 2559: // Type has no properties in common with type
      return [
        ...adviseColumnNames(source, start.offset, editor),
        ...adviseMissingArgument(messageText, source, start.offset, editor),
        ...adviseTableUse(messageText, source, start.offset),
        ...adviseOrder(messageText, source, start.offset),
        ...adviseList(messageText, source, start.offset),
        ...adviseOptions(source, start.offset, editor),
      ].slice(0, 1);
    case 1308: // 'await' expressions are only allowed within async functions
      return ["Write async before the function that it is in"];
    case 2349: // This expression is not callable
      return [
        ...adviseUncallable(messageText, source, start.offset),
        ...adviseData(messageText, source, start.offset),
        ...adviseTableUse(messageText, source, start.offset),
      ];
    default: {
      const ofColumns = adviseColumnUse(messageText, source, start.offset, () => arrayMembers(editor));
      if (ofColumns.length > 0) return ofColumns;
      if (messageText.includes("on type 'ColumnData'")) return adviseColumnList(source, start.offset, editor);
      const ofOption = [
        ...adviseRegion(messageText, source, start.offset),
        ...adviseOption(messageText, source, start.offset),
      ];
      if (ofOption.length > 0) return ofOption;
      const [ofArguments] = [
        ...adviseTableArgument(messageText, source, start.offset, editor),
        ...adviseGroupedSample(messageText, source, start.offset),
        ...adviseGroupFunction(messageText, source, start.offset),
        ...adviseImagePath(messageText, source, start.offset),
        ...adviseShownMask(messageText, source, start.offset),
        ...adviseShownList(messageText, source, start.offset),
        ...adviseListArgument(messageText, source, start.offset),
        ...adviseFootprint(messageText, source, start.offset, editor),
        ...adviseSliceText(messageText, source, start.offset),
        ...adviseIndexList(messageText, source, start.offset),
        ...adviseSortFunction(messageText, source, start.offset),
        ...adviseKeptFunction(messageText, source, start.offset),
        ...adviseData(messageText, source, start.offset),
        ...adviseFittingValue(messageText, source, start.offset, editor),
      ];
      if (ofArguments !== undefined) return [ofArguments];
      return [
        ...adviseArguments(messageText, source, start.offset),
        ...adviseAwait(messageText, source, start.offset, end.offset),
        ...adviseCall(messageText, source, start.offset, end.offset),
        ...adviseCompared(messageText, source, start.offset, editor),
        ...adviseAxis(messageText, source, start.offset),
        ...adviseList(messageText, source, start.offset),
        ...adviseMember(messageText, source, start.offset, editor),
        ...adviseTableUse(messageText, source, start.offset),
        ...adviseText(source, start.offset, editor),
      ];
    }
  }
}

function adviseModule(name: string, folder: string): string[] {
  if (name.startsWith(".")) {
    const path = name.slice(0, name.lastIndexOf("/") + 1);
    const meant = nearest(
      name,
      filesIn(join(folder, dirname(`${name}x`))).map((file) => path + file),
    );
    return meant === undefined ? [] : [`Did you mean "${meant}"?`];
  }
  const wanted = packageOf(name);
  if (wanted === "bioengine" && name !== wanted) return ['All of it comes from one place: from "bioengine"'];
  const meant = nearest(wanted, [...builtins, ...packageNames(folder)]);
  return [
    ...(meant === undefined || meant === wanted
      ? []
      : [`Did you mean "${meant}${name.slice(wanted.length)}"?`]),
    `Install it in a cell: %install ${wanted}`,
  ];
}

/** A member of what an operator gives, `(image > 3).mean()`: what the operator was meant to do. */
function adviseCompared(message: string, source: string, offset: number, editor: Editor): string[] {
  if (!/^Property '.*' does not exist on type '(boolean|number)'/.test(message)) return [];
  const file = parsed(source);
  const access = innermost(file, offset, ts.isPropertyAccessExpression);
  return access ? adviseOperator(source, access.expression.getStart(file) + 1, editor) : [];
}

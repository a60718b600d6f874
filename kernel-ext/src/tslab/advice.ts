import { dirname, join } from "node:path";
import type { Diagnostic } from "tslab/dist/converter";
import type * as TypeScript from "typescript";
import { adviseArguments, adviseUncallable } from "./argumentsadvice";
import { adviseArrayMember, arrayMembers } from "./arrayadvice";
import { withArrayMethods } from "./arraylogic";
import { adviseArrayMisuse } from "./arraymisuse";
import { adviseColumnUse } from "./columnadvice";
import { adviseCondition } from "./conditionadvice";
import { adviseData } from "./dataadvice";
import type { Editor } from "./editor";
import { adviseFittingValue } from "./fittingvalue";
import { adviseFootprint } from "./footprintadvice";
import { adviseFunction } from "./functionadvice";
import { adviseImagePath, adviseListArgument, adviseShownList, adviseShownMask } from "./imageargument";
import { ts } from "./library";
import { adviseMissingArgument } from "./missingargument";
import { adviseName } from "./nameadvice";
import { innermost, parsed } from "./node";
import { adviseOperator } from "./operatoradvice";
import { adviseAxis, adviseList, adviseOption, adviseOptions, adviseOrder } from "./optionsadvice";
import { builtins, filesIn, packageNames, packageOf } from "./packages";
import { adviseKeyword } from "./pythoncall";
import { isOfGrammar } from "./pythonlines";
import { camelCase, isPythonModule, nameHere } from "./pythonnames";
import { syntaxOf } from "./pythonsyntax";
import { nearest } from "./spelling";
import { adviseColumn, adviseTableMember, adviseTableUse } from "./tableadvice";
import { adviseColumnNames, adviseGroupFunction, adviseTableArgument } from "./tableargument";
import { adviseText } from "./textadvice";

/** How many keys of an object are listed. */
const MOST_MEMBERS = 12;

/**
 * What mends an error that TypeScript found, a line each.
 *
 * @param source the text that the error is in
 */
export function adviceFor(diagnostic: Diagnostic, source: string, editor: Editor): string[] {
  const { messageText, code, start, end } = diagnostic;
  if (isOfGrammar(diagnostic)) {
    const written = syntaxOf(source.split("\n")[start.line] ?? "");
    if (written !== undefined)
      return [`In TypeScript: ${withArrayMethods(written, source, start.line, editor)}`];
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
      return adviseOperator(source, start.offset, editor);
    case 2736: // Operator cannot be applied to type
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
      const ofOption = adviseOption(messageText, source, start.offset);
      if (ofOption.length > 0) return ofOption;
      const [ofArguments] = [
        ...adviseTableArgument(messageText, source, start.offset, editor),
        ...adviseGroupFunction(messageText, source, start.offset),
        ...adviseImagePath(messageText, source, start.offset),
        ...adviseShownMask(messageText, source, start.offset),
        ...adviseShownList(messageText, source, start.offset),
        ...adviseListArgument(messageText, source, start.offset),
        ...adviseFootprint(messageText, source, start.offset, editor),
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

/** A promise where its value was meant: the part of the line with the missing word. */
function adviseAwait(message: string, source: string, start: number, end: number): string[] {
  const [first = ""] = message.split("\n");
  const isMember = /^Property '.*' does not exist on type 'Promise</.test(first);
  const isValue =
    /^(Argument of type|Type) 'Promise<.*' (is (not assignable to|missing)|must have)/.test(first) &&
    !/ type 'Promise<[^']*'\.$/.test(first);
  if (!isMember && !isValue) return [];
  return [`It is a promise: ${awaited(source, start, end)}`];
}

/** The expression that an error's mark is on, or that its variable gets, with `await`. */
function awaited(source: string, start: number, end: number): string {
  const file = parsed(source);
  const find = (node: TypeScript.Node): TypeScript.Node | undefined =>
    node.getStart(file) === start && node.end === end
      ? node
      : ts.forEachChild(node, (child) => (child.pos <= start && end <= child.end ? find(child) : undefined));
  const node = find(file);
  const parent = node?.parent;
  if (parent && ts.isPropertyAccessExpression(parent) && parent.name === node) {
    return `(await ${parent.expression.getText(file)}).${parent.name.text}`;
  }
  const taken = parent && ts.isBindingElement(parent) ? parent.parent.parent : parent;
  const value = taken && ts.isVariableDeclaration(taken) ? taken.initializer : node;
  return `await ${value?.getText(file) ?? source.slice(start, end)}`;
}

/** Several indices in brackets, or a list in parentheses, of which JavaScript sees the last alone. */
function adviseIndex(source: string, offset: number): string[] {
  const before = /([\w$.]+)\[([^[\]]*)$/.exec(source.slice(0, offset));
  const after = /^[^[\]]*/.exec(source.slice(offset)) ?? [""];
  if (before) return [`Write ${before[1]}.at(${before[2]}${after[0]})`];
  const [, start] = /\(([^()[\]]*)$/.exec(source.slice(0, offset)) ?? [];
  const [, rest] = /^([^()[\]]*)\)/.exec(source.slice(offset)) ?? [];
  return start === undefined || rest === undefined ? [] : [`A list is in brackets: [${start}${rest}]`];
}

/** A member, key or export that isn't there, where TypeScript itself has nothing to suggest. */
function adviseMember(message: string, source: string, offset: number, editor: Editor): string[] {
  const ofTables = adviseTableMember(message, source, offset);
  if (ofTables.length > 0) return ofTables;
  const [, , name, key = name] = missingMember.exec(message) ?? [];
  if (key === undefined) return [];
  const isOfArray = /does not exist on type 'NdArray/.test(message);
  const ofArrays = isOfArray
    ? [...adviseArrayMember(key), ...adviseFunction(message, source, offset, editor)].slice(0, 1)
    : [];
  if (ofArrays.length > 0) return ofArrays;
  if (message.includes("Did you mean")) return [];
  if (name !== undefined && message.startsWith("Module") && isPythonModule(name)) {
    return ["There are no parts: import what you call, such as gaussian, label or regionpropsTable"];
  }
  const all = editor.membersAt(source, offset);
  // Of a class those that each function has are not meant.
  const isOwn = (member: string): boolean => member !== "prototype" && !(member in Function.prototype);
  const members = all.includes("prototype") ? all.filter(isOwn) : all;
  const meant =
    members.find((member) => initialsOf(member) === key.toLowerCase()) ??
    nearest(key, members) ??
    [nameHere(key), ...wordsOf(key)].find((word) => members.includes(word));
  if (meant !== undefined) return [`Did you mean ${meant}?`];
  const more = members.length > MOST_MEMBERS ? ", …" : "";
  // What a list has are methods, no keys.
  const isKey = name === undefined && members.length > 0 && !members.includes("flatMap");
  if (!isKey) {
    const isShort = members.length > 0 && members.length <= MOST_MEMBERS;
    const has = isShort && message.startsWith("Property") ? [`It has: ${members.join(", ")}`] : [];
    return [...adviseColumn(message, source, offset, members), ...has].slice(0, 1);
  }
  const longer = members.find((member) => key.length > 3 && member.startsWith(key));
  if (longer !== undefined) return [`Did you mean ${longer}?`];
  if (members.includes("parameters")) {
    return [`If ${key} is a parameter of the model, write parameters: { ${key}: … }`];
  }
  return [`It may have: ${members.slice(0, MOST_MEMBERS).join(", ")}${more}`];
}

/** A member of what an operator gives, `(image > 3).mean()`: what the operator was meant to do. */
function adviseCompared(message: string, source: string, offset: number, editor: Editor): string[] {
  if (!/^Property '.*' does not exist on type '(boolean|number)'/.test(message)) return [];
  const file = parsed(source);
  const access = innermost(file, offset, ts.isPropertyAccessExpression);
  return access ? adviseOperator(source, access.expression.getStart(file) + 1, editor) : [];
}

/** A method without arguments whose result was meant: the part of the line with its call. */
function adviseCall(message: string, source: string, start: number, end: number): string[] {
  const isMember = /^Property '.*' does not exist on type '\(\) => /.test(message);
  const isIterated = /^Type '\(\) => .*' must have a '\[Symbol.iterator\]/.test(message);
  if (!isMember && !isIterated) return [];
  const before = source.slice(0, isMember ? start : end);
  const [, path] = /([\w$.]+?)\.?$/.exec(before) ?? [];
  return path === undefined
    ? []
    : [`It is a method: ${path}()${isMember ? `.${source.slice(start, end)}` : ""}`];
}

/** The first letters of a name's words: `fp` of `falsePositives`; none of one word. */
const initialsOf = (name: string): string | undefined =>
  /[a-z][A-Z]/.test(name) ? name.replace(/(^.|[A-Z])|./g, "$1").toLowerCase() : undefined;

/** The parts of a name, the last ones first: `intensity_image` may be `image` here. */
const wordsOf = (name: string): string[] =>
  camelCase(name)
    .split(/(?=[A-Z])/)
    .map((word) => word.toLowerCase())
    .reverse();

const missingMember =
  /^(Property|Module .* has no exported member) '([^']+)'(?: does not exist on type|\.)|known properties, and '([^']+)' does not exist/;

import type * as TypeScript from "typescript";
import { withinLimits } from "./contrastlimits";
import { isBySize, isModelParameter, optionHere, unaskedOptions } from "./foreignoption";
import { ts } from "./library";

/** A call as text: what is called, and its arguments by place and by name, the names as they are written. */
export interface CallText {
  readonly path: readonly string[];
  readonly values: readonly string[];
  readonly keywords: readonly (readonly [name: string, value: string])[];
}

/** Keywords of Python's that have a place here. */
const placed = ["axis", "by", "columns", "dtype", "n", "on"];

const plainDtypes = (text: string): string =>
  text.replace(/\b(?:np|numpy)\.(u?int\d+|float\d+|bool)_?\b/g, '"$1"');

/** A tuple, `(3, 4)`, as a list. */
const listText = (text: string): string =>
  /^\([^()]*,[^()]*\)$/.test(text) ? `[${text.slice(1, -1).replace(/,\s*$/, "")}]` : text;

const pythonConstants: Readonly<Record<string, string>> = { True: "true", False: "false", None: "null" };
const constantText = (text: string): string =>
  (Object.hasOwn(pythonConstants, text) ? pythonConstants[text] : undefined) ?? text;

/** Whether an argument is written as Python's keywords are, `sigma=1`. */
export const isKeyword = (
  node: TypeScript.Node,
): node is TypeScript.BinaryExpression & { readonly left: TypeScript.Identifier } =>
  ts.isBinaryExpression(node) &&
  node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
  ts.isIdentifier(node.left);

/** The text of a call, its values as TypeScript has them. */
export function callText(call: TypeScript.CallExpression, file: TypeScript.SourceFile): CallText {
  const textOf = (node: TypeScript.Node): string => constantText(listText(plainDtypes(node.getText(file))));
  const last = call.arguments.at(-1);
  const options = last && ts.isObjectLiteralExpression(last) ? optionsIn(last) : undefined;
  const rest: readonly TypeScript.Node[] = options ? call.arguments.slice(0, -1) : call.arguments;
  return {
    path: call.expression.getText(file).split("."),
    values: rest.filter((node) => !isKeyword(node)).map(textOf),
    keywords: [
      ...rest.filter(isKeyword).map(({ left, right }) => [left.text, textOf(right)] as const),
      ...(options ?? []).map(({ name, value }) => [name.text, textOf(value)] as const),
    ],
  };
}

/** The options that an object in braces has, if all its keys are names. */
function optionsIn({ properties }: TypeScript.ObjectLiteralExpression) {
  const options = properties.flatMap((property) => {
    const { name } = property;
    if (!name || !ts.isIdentifier(name)) return [];
    if (ts.isShorthandPropertyAssignment(property)) return [{ name, value: name }];
    return ts.isPropertyAssignment(property) ? [{ name, value: property.initializer }] : [];
  });
  return options.length === properties.length && options.length > 0 ? options : undefined;
}

/** A call's arguments as they are here: what has a place is there, all else that has a name is an option. */
export function argumentsText({ path, ...written }: CallText): string {
  const callee = path.at(-1) ?? "";
  const { values, keywords } = callee === "imshow" ? withinLimits(written) : written;
  const isPlaced = ([name]: readonly [string, string]): boolean => placed.includes(name);
  const [first, second, ...others] = values;
  // scikit-image's second argument is the least size that stays.
  const isSized = isBySize(callee) && second !== undefined && others.length === 0;
  const isOfModel = ([name]: readonly [string, string]): boolean => isModelParameter(callee, name);
  const parameters = keywords.filter(isOfModel).map(([name, value]) => `${name}: ${value}`);
  const asked = [
    ...(isSized ? [["minSize", second] as const] : []),
    ...keywords.filter((keyword) => !isPlaced(keyword) && !isOfModel(keyword)),
    ...(parameters.length > 0 ? [["parameters", `{ ${parameters.join(", ")} }`] as const] : []),
  ]
    .map(([name, value]) => optionHere(callee, name, value))
    .filter((option) => option !== undefined);
  const unasked = unaskedOptions(callee).filter(([name]) => !asked.some(([each]) => each === name));
  const options = [...asked, ...unasked].map(([name, value]) => `${name}: ${value}`);
  return [
    ...(isSized ? [first] : values),
    ...keywords.filter(isPlaced).map(([, value]) => value),
    ...(options.length > 0 ? [`{ ${options.join(", ")} }`] : []),
  ].join(", ");
}

/** What reads or writes a file, or runs a model, is to be waited for. */
const awaited = /^(imread|imwrite|readCsv|writeCsv|segment|execute)$/;

/** A call as the import and the call of a function or class of bioengine's. */
export function importedCall(here: string, text: CallText): string {
  const word = awaited.test(here) ? "await " : /^[A-Z]/.test(here) ? "new " : "";
  return `import { ${here} } from "bioengine"; ${word}${here}(${argumentsText(text)})`;
}

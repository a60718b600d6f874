import type * as TypeScript from "typescript";
import { ts } from "./library";
import { innermost, parsed } from "./node";

/** Arguments of a function of bioengine's that are right but for their order or their brackets: the right line. */
export function adviseArguments(message: string, source: string, offset: number): string[] {
  const file = parsed(source);
  const call = innermost(
    file,
    offset,
    (node): node is TypeScript.CallExpression =>
      ts.isCallExpression(node) && node.arguments.some(({ pos, end }) => pos <= offset && offset < end),
  );
  if (!call) return [];
  const callee = call.expression.getText(file);
  const values = call.arguments.map((argument) => argument.getText(file));
  const [first = ""] = message.split("\n");
  const [, given = ""] = /^Argument of type '(Table|NdArray)/.exec(first) ?? [];
  if (given !== "" && first.endsWith("to parameter of type 'string'.")) {
    const [object, path] = call.arguments;
    const isSwapped = object?.getStart(file) === offset && path && ts.isStringLiteralLike(path);
    return isSwapped ? [`Write ${callee}(${[values[1], values[0], ...values.slice(2)].join(", ")})`] : [];
  }
  if (/'inputs' are incompatible/.test(message) && /Type 'NdArray<[^']*' is not assignable/.test(message)) {
    const inputs = inputsOf(call);
    return inputs ? [`It takes a list: inputs: [${inputs.getText(file)}, {}]`] : [];
  }
  if (callee === "train")
    return adviseTrain(first, values, innermost(file, offset, ts.isArrayLiteralExpression));
  return [];
}

/** `train` with an image and its mask side by side, in one list or as an object. */
function adviseTrain(
  message: string,
  [name = "", ...values]: readonly string[],
  list: TypeScript.ArrayLiteralExpression | undefined,
): string[] {
  if (!/NdArray<[^']*>\[\]/.test(message)) return [];
  if (list && ts.isPropertyAssignment(list.parent)) {
    return [`It takes a list of pairs: ${list.parent.name.getText()}: [${list.getText()}]`];
  }
  const parts = list?.elements.flatMap((node) =>
    ts.isObjectLiteralExpression(node)
      ? node.properties.map((property) => property.getText())
      : [node.getText()],
  );
  const [image, mask] = parts ?? values;
  const [options] = parts ? values.slice(1) : values.slice(2);
  if (image === undefined || mask === undefined || image.includes(":") || mask.includes(":")) return [];
  return [
    `It takes a list of pairs: train(${[name, `[[${image}, ${mask}]]`, ...(options ? [options] : [])].join(", ")})`,
  ];
}

/** The value of `inputs` in a call's options. */
function inputsOf({ arguments: [options] }: TypeScript.CallExpression): TypeScript.Node | undefined {
  if (!options || !ts.isObjectLiteralExpression(options)) return undefined;
  const property = options.properties.find(
    ({ name }) => name && ts.isIdentifier(name) && name.text === "inputs",
  );
  return property && ts.isPropertyAssignment(property) ? property.initializer : property?.name;
}

/** A member that is called though it is no method, `image.shape()`. */
export function adviseUncallable(message: string, source: string, offset: number): string[] {
  if (!uncallable.test(message)) return [];
  const file = parsed(source);
  const member = innermost(file, offset, ts.isPropertyAccessExpression);
  if (!member || !ts.isCallExpression(member.parent)) return [];
  const path = member.getText(file);
  const values = member.parent.arguments.map((argument) => argument.getText(file));
  if (values.length === 0) return [`It is no method: ${path}`];
  return message.includes("[]") && values.length === 1 ? [`It is no method: ${path}[${values[0]}]`] : [];
}

const uncallable =
  /^This expression is not callable\.\n\s*Type '(readonly \w+\[\]|String|Number)' has no call/;

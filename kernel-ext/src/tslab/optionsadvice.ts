import type { Editor } from "./editor";
import { ts } from "./library";
import { innermost, parsed } from "./node";

/** How many options are listed. */
const MOST_OPTIONS = 6;

/** A call with values in the place of its options, `gaussian(image, 1)`, or of a list, `image.reshape(2, 3)`. */
export function adviseOptions(source: string, position: number, editor: Editor): string[] {
  const file = parsed(source);
  const call = innermost(file, position, ts.isCallExpression);
  if (!call) return [];
  const name = call.expression.getText(file);
  const values = call.arguments.map((argument) => argument.getText(file));
  const head = `${source.slice(0, call.expression.end)}(`;
  for (const place of values.keys()) {
    const before = values.slice(0, place);
    const written = `${head}${[...before, "{"].join(", ")}`;
    const keys = editor.keysAt(`${written} })`, written.length);
    // What an array has is no option: the object stands where the array does.
    if (keys.length === 0 || keys.includes("dtype")) continue;
    const more = keys.length > MOST_OPTIONS ? ", …" : "";
    const list = keys.slice(0, MOST_OPTIONS).join(", ");
    const value = values[place] ?? "";
    const key = keys.includes(value) ? value : keys[0];
    const options = `{ ${key}: ${key === value || /^[\d.]+$/.test(value) ? value : "…"} }`;
    return [
      `Options are one object: ${name}(${[...before, options].join(", ")}); it may have: ${list}${more}`,
    ];
  }
  return [];
}

/** An axis as an option, `image.max({ axis: 0 })`, where it is an argument. */
export function adviseAxis(message: string, source: string, position: number): string[] {
  if (!message.includes("'axis' does not exist in type")) return [];
  const file = parsed(source);
  const axis = innermost(file, position, ts.isPropertyAssignment)?.initializer.getText(file);
  const call = innermost(file, position, ts.isCallExpression);
  return call && axis !== undefined ? [`It is no option: ${call.expression.getText(file)}(${axis})`] : [];
}

/** A number or text, or several, where a list of them was meant. */
export function adviseList(message: string, source: string, position: number): string[] {
  if (!/parameter of type '(readonly )?(number|string)\[\]'|^Expected 1 arguments?, but got/.test(message))
    return [];
  const file = parsed(source);
  const call = innermost(file, position, ts.isCallExpression);
  const values = call?.arguments.map((argument) => argument.getText(file)) ?? [];
  const isText = message.includes("string[]") || /\.select$/.test(call?.expression.getText(file) ?? "");
  const element = isText ? /^(["']).*\1$/ : /^-?\d+$/;
  if (!call || !values.every((value) => element.test(value))) return [];
  return [`It takes a list: ${call.expression.getText(file)}([${values.join(", ")}])`];
}

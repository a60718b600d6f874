import { argumentAt, callWith } from "./callargument";
import { argumentsText, callText } from "./calltext";
import type { Editor } from "./editor";
import { isBySize, optionHere } from "./foreignoption";
import { ts } from "./library";
import { innermost, parsed } from "./node";
import { camelCase } from "./pythonnames";

/** How many options are listed. */
const MOST_OPTIONS = 6;

/** A call with values in the place of its options, `gaussian(image, 1)`. */
export function adviseOptions(source: string, position: number, editor: Editor): string[] {
  const file = parsed(source);
  const call = innermost(file, position, ts.isCallExpression);
  if (!call) return [];
  const { path, values, keywords } = callText(call, file);
  const head = `${source.slice(0, call.expression.end)}(`;
  for (const place of values.keys()) {
    const before = values.slice(0, place);
    const written = `${head}${before.map((value) => `${value}, `).join("")}`;
    const keys = editor.keysAt(`${written}{ })`, written.length + 1);
    if (keys.length === 0 || values[place]?.startsWith("{")) continue;
    const taken = new Map(keywords);
    for (const value of values.slice(place)) {
      const fitting = editor.keysTaking(written, value).filter((key) => !taken.has(key));
      const key = fitting.includes(value) ? value : meantOf(fitting, value);
      // A size by place is scikit-image's least one.
      const isLeast = key === "maxSize" && isBySize(path.at(-1) ?? "");
      if (key !== undefined) taken.set(isLeast ? "minSize" : key, value);
    }
    const more = keys.length > MOST_OPTIONS ? ", …" : "";
    const list = `it may have: ${keys.slice(0, MOST_OPTIONS).join(", ")}${more}`;
    if (taken.size === 0) return [`Options are one object, not ${values[place]}; ${list}`];
    const right = argumentsText({ path, values: before, keywords: [...taken] });
    return [`Options are one object: ${path.join(".")}(${right}); ${list}`];
  }
  return [];
}

/** Of the keys that take a value the one that it is meant for: an address has a protocol, another text is a name. */
function meantOf(keys: readonly string[], value: string): string | undefined {
  if (!/^["'`]/.test(value)) return keys[0];
  const isUrl = (key: string): boolean => /url$/i.test(key);
  if (value.includes("://")) return keys.find(isUrl) ?? keys[0];
  return keys.find((key) => /name$/i.test(key)) ?? keys.find((key) => !isUrl(key));
}

/** An option as another library has it, `{ ascending: false }`: the call as it is here. */
export function adviseOption(message: string, source: string, position: number): string[] {
  if (!/known properties, (and|but) '/.test(message)) return [];
  const file = parsed(source);
  const call = innermost(file, position, ts.isCallExpression);
  if (!call) return [];
  const text = callText(call, file);
  const name = /^\w+/.exec(source.slice(position))?.[0];
  const keyword = text.keywords.find(([each]) => each === name);
  if (!keyword || optionHere(text.path.at(-1) ?? "", ...keyword)?.[0] === camelCase(keyword[0])) return [];
  return [`Write ${text.path.join(".")}(${argumentsText(text)})`];
}

/** An axis as an option, `image.max({ axis: 0 })`, where it is an argument. */
export function adviseAxis(message: string, source: string, position: number): string[] {
  const file = parsed(source);
  if (
    /^Argument of type '\{ axis: number; }' is not assignable to parameter of type 'number'/.test(message)
  ) {
    const found = argumentAt(file, position);
    const option = innermost(file, position + 1, ts.isObjectLiteralExpression)?.properties[0];
    if (!found || !option || !ts.isPropertyAssignment(option)) return [];
    return [`It is no option: ${callWith(found, option.initializer.getText(file))}`];
  }
  if (!message.includes("'axis' does not exist in type")) return [];
  const axis = innermost(file, position, ts.isPropertyAssignment)?.initializer.getText(file);
  const call = innermost(file, position, ts.isCallExpression);
  return call && axis !== undefined ? [`It is no option: ${call.expression.getText(file)}(${axis})`] : [];
}

/** A number or text, or several, where a list of them was meant. */
export function adviseList(message: string, source: string, position: number): string[] {
  if (
    !/parameter of type '(readonly )?(number|string)\[\]'|^Expected 1 arguments?, but got|^Type '"/.test(
      message,
    )
  )
    return [];
  const file = parsed(source);
  const call = innermost(file, position, ts.isCallExpression);
  const values = call?.arguments.map((argument) => argument.getText(file)) ?? [];
  const isText =
    message.includes("string[]") || /\.(select|groupBy|sort)$/.test(call?.expression.getText(file) ?? "");
  const element = isText ? /^(["']).*\1$/ : /^-?\d+$/;
  if (!call || !values.every((value) => element.test(value))) return [];
  return [`It takes a list: ${call.expression.getText(file)}([${values.join(", ")}])`];
}

import { arrayCall } from "./arraycall";
import { callText } from "./calltext";
import type { Editor } from "./editor";
import { ts } from "./library";
import { innermost, parsed } from "./node";
import { nameHere } from "./pythonnames";

/** A method or property that arrays have in NumPy, `image.clip(0, 1)` or `image.T`: what does the same. */
export function adviseArrayCall(name: string, source: string, offset: number): string[] {
  const file = parsed(source);
  const member = innermost(file, offset, ts.isPropertyAccessExpression);
  if (!member) return [];
  const { parent } = member;
  const isCalled = ts.isCallExpression(parent) && parent.expression === member;
  const text = isCalled ? callText(parent, file) : undefined;
  const values = [...(text?.values ?? []), ...(text?.keywords ?? []).map(([, value]) => value)];
  const written = arrayCall(name, member.expression.getText(file), values);
  return written === undefined ? [] : [`Write ${written}`];
}

/** A function that is called as a method of an array, `image.gaussian(2)`: its call. */
export function adviseFunction(message: string, source: string, offset: number, editor: Editor): string[] {
  const [, name] = /^Property '([^']+)' does not exist on type 'NdArray</.exec(message) ?? [];
  if (name === undefined) return [];
  const here = nameHere(name);
  if (!/^[a-z]/.test(here) || !editor.exportsOf("bioengine").includes(here)) return [];
  const file = parsed(source);
  const member = innermost(file, offset, ts.isPropertyAccessExpression);
  if (!member || !ts.isCallExpression(member.parent)) return [];
  const object = member.expression.getText(file);
  const values = member.parent.arguments.map((argument) => argument.getText(file));
  const [value] = values;
  if (values.length === 1 && value !== undefined && /^-?[\d.]+$/.test(value)) {
    const start = `import { ${here} } from "bioengine";\n${source.slice(0, member.getStart(file))}${here}(${object}, {`;
    const [key] = editor.keysAt(`${start} })`, start.length);
    // What an array has is no option.
    if (key !== undefined && key !== "dtype") return [`Write ${here}(${object}, { ${key}: ${value} })`];
  }
  return [`Write ${here}(${[object, ...values].join(", ")})`];
}

import { arrayMembers } from "./arrayadvice";
import { type CallText, callText, importedCall } from "./calltext";
import type { Editor } from "./editor";
import { ts } from "./library";
import { adviseLibrary } from "./libraryadvice";
import { adviseModel } from "./modeladvice";
import { innermost, parsed } from "./node";
import { adviseOptions } from "./optionsadvice";
import { adviseKeyword, adviseModuleCall } from "./pythoncall";
import { adviseFromPython, isPythonModule, nameHere } from "./pythonnames";
import { withWrittenArguments } from "./writtenarguments";

/** What was meant by a name that a cell lacks, or what is to be done first. */
export function adviseName(name: string, source: string, offset: number, editor: Editor): string[] {
  const ofModel = adviseModel(source, offset);
  if (ofModel.length > 0) return ofModel;
  const cell = editor.failedCell(name);
  if (cell !== undefined)
    return [`${cell} declares it, but it failed: mend that cell and run it again first`];
  const written = withWrittenArguments(source, offset, editor, (...inner) => adviseName(...inner, editor));
  const isChain = isPythonModule(name) && source[offset + name.length] === ".";
  const advice = [
    ...adviseKeyword(source, offset),
    ...adviseLibrary(name, written, offset, editor),
    ...(isChain ? adviseChain(written, offset, editor) : []).map((line) => withOptions(line, editor)),
    ...adviseUnpacking(source, offset),
    ...(/^\s*=(?![=>])/.test(source.slice(offset + name.length)) ? [`Declare it: let ${name} = …`] : []),
    ...adviseGeoJson(name, source, offset),
    ...adviseFromPython(name),
  ].slice(0, 1);
  if (advice.length > 0) return advice;
  const here = nameHere(name);
  const meant = editor.exportsOf("bioengine").includes(here) ? here : name;
  const call = callOf(name, written, offset);
  // A class of another library's takes other arguments than the function.
  if (call && meant !== name && !/^\p{Lu}/u.test(name))
    return [withOptions(`In TypeScript: ${importedCall(meant, call)}`, editor)];
  const isVariable = /^[\p{Ll}_]/u.test(name) && !/^\s*\(/.test(source.slice(offset + name.length));
  if (!isVariable) return editor.adviseImport(meant);
  const lines = editor.adviseImport(meant, { isExact: true });
  return lines.length > 0
    ? lines
    : [`No cell has made it: run the cell that declares ${name}, or correct the name`];
}

/** An advised call whose options are by place, as in Python, with the object that they are here. */
function withOptions(line: string, editor: Editor): string {
  const [, head, imports = "", text = ""] = /^(In TypeScript: )(import [^;]*; )(.*)$/.exec(line) ?? [];
  if (head === undefined) return line;
  const [advice = ""] = adviseOptions(imports + text, imports.length + text.indexOf("(") - 1, editor);
  const [, right] = /^Options are one object: (.*); it may have: /.exec(advice) ?? [];
  return right === undefined ? line : `${head}${imports}${text.startsWith("await ") ? "await " : ""}${right}`;
}

/** The call of a name at an offset. */
function callOf(name: string, source: string, offset: number): CallText | undefined {
  const file = parsed(source);
  const call = innermost(file, offset, ts.isCallExpression);
  return call?.expression.getText(file) === name ? callText(call, file) : undefined;
}

/** A function that writes GeoJSON: here that are two steps. */
function adviseGeoJson(name: string, source: string, offset: number): string[] {
  if (!/^(write|save|export)_?geo_?json$/i.test(name)) return [];
  const values = callOf(name, source, offset)?.values ?? [];
  const isPath = (value: string): boolean => /^["'`]/.test(value);
  const path = values.find(isPath) ?? '"mask.geojson"';
  const mask = values.find((value) => !isPath(value)) ?? "mask";
  const imports = 'import { toGeoJson } from "bioengine"; import { writeFileSync } from "node:fs";';
  return [`In TypeScript: ${imports} writeFileSync(${path}, JSON.stringify(toGeoJson(${mask})))`];
}

/** `h, w = image.shape`, which Python takes for a declaration of several names. */
function adviseUnpacking(source: string, offset: number): string[] {
  const lineStart = source.lastIndexOf("\n", offset - 1) + 1;
  const line = source.slice(lineStart).split("\n")[0] ?? "";
  const [, names, value] = /^\s*(\w+(?:\s*,\s*\w+)+)\s*=\s*([^=>;][^=;]*);?\s*$/.exec(line) ?? [];
  const isDeclared = offset - lineStart < line.indexOf("=");
  return names === undefined || !isDeclared ? [] : [`In TypeScript: const [${names}] = ${value}`];
}

/** What a call of a module of Python's is here. */
function adviseChain(text: string, offset: number, editor: Editor): string[] {
  const exported = editor.exportsOf("bioengine");
  const methods = arrayMembers(editor);
  return adviseModuleCall(
    text,
    offset,
    (name) => exported.includes(name),
    (name) => methods.includes(name),
    (end) => editor.membersAt(`${text.slice(0, end)}.${text.slice(end)}`, end + 1),
  );
}

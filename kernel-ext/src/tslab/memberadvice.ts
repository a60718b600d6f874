import { adviseArrayMember } from "./arrayadvice";
import type { Editor } from "./editor";
import { adviseExport } from "./exportadvice";
import { adviseArrayCall, adviseFunction } from "./functionadvice";
import { camelCase, isPythonModule, nameHere } from "./pythonnames";
import { nearest } from "./spelling";
import { adviseColumn, adviseTableMember } from "./tableadvice";

/** How many keys of an object are listed. */
const MOST_MEMBERS = 12;

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

/** A member, key or export that isn't there, where TypeScript itself has nothing to suggest. */
export function adviseMember(message: string, source: string, offset: number, editor: Editor): string[] {
  const ofTables = adviseTableMember(message, source, offset);
  if (ofTables.length > 0) return ofTables;
  const [, , name, key = name] = missingMember.exec(message) ?? [];
  if (key === undefined) return [];
  const isOfArray = /does not exist on type 'NdArray/.test(message);
  const ofArrays = isOfArray
    ? [
        ...adviseArrayCall(key, source, offset),
        ...adviseArrayMember(key),
        ...adviseFunction(message, source, offset, editor),
      ].slice(0, 1)
    : [];
  if (ofArrays.length > 0) return ofArrays;
  if (message.includes("Did you mean")) return [];
  if (name !== undefined && message.startsWith("Module") && isPythonModule(name)) {
    return ["There are no parts: import what you call, such as gaussian, label or regionpropsTable"];
  }
  const isMethod = isOfArray && source.slice(offset + key.length).startsWith("(");
  const all = editor.membersAt(source, offset, { isCalled: isMethod });
  // Of a class those that each function has are not meant.
  const isOwn = (member: string): boolean => member !== "prototype" && !(member in Function.prototype);
  const members = all.includes("prototype") ? all.filter(isOwn) : all;
  const meant =
    members.find((member) => initialsOf(member) === key.toLowerCase()) ??
    nearest(key, members) ??
    [nameHere(key), ...wordsOf(key)].find((word) => members.includes(word));
  if (meant !== undefined) return [`Did you mean ${meant}?`];
  if (message.startsWith("Module")) return adviseExport(key, editor);
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

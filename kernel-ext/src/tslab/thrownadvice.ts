import type { Editor } from "./editor";
import { membersOf, type Runtime } from "./runtime";
import { nearest } from "./spelling";

/** What was meant by a name that running code didn't find, a line each. */
export function adviceForThrown(message: string, runtime: Runtime, editor: Editor): string[] {
  const [, variable] = /^([\p{ID_Continue}$]+) is not defined$/u.exec(message) ?? [];
  if (variable !== undefined) {
    const meant = nearest(variable, runtime.names);
    return meant === undefined ? editor.adviseImport(variable) : [`Did you mean ${meant}?`];
  }
  const [, path, method] = /^([\w$.]+)\.([\w$]+) is not a (?:function|constructor)/.exec(message) ?? [];
  if (path === undefined || method === undefined) return [];
  const meant = nearest(method, membersOf(runtime.find(path.split("."))));
  return meant === undefined || meant === method ? [] : [`Did you mean ${path}.${meant}?`];
}

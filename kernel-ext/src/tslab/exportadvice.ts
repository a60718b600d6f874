import { arrayMembers } from "./arrayadvice";
import { arrayCall } from "./arraycall";
import type { Editor } from "./editor";
import { adviseFromPython, camelCase } from "./pythonnames";

/** A function that bioengine doesn't export, `import { mean } from "bioengine"`: the array's method that does it. */
export function adviseExport(name: string, editor: Editor): string[] {
  const own = camelCase(name);
  const written = arrayCall(name, "image", []);
  if (written !== undefined) return [`Write ${written}`];
  if (arrayMembers(editor).includes(own)) return [`Write image.${own}()`];
  return adviseFromPython(name);
}

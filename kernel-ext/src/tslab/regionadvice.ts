import { callText } from "./calltext";
import { ts } from "./library";
import { innermost, parsed } from "./node";

/** A part of a file, `imread(path, { region: [[0, 512], [0, 512]] })`: the call that reads no more than it. */
export function adviseRegion(message: string, source: string, offset: number): string[] {
  const [, name] =
    /'(region|roi|slice|crop|range|ranges|key)' does not exist in type 'ImreadOptions'/.exec(message) ?? [];
  const call = name === undefined ? undefined : innermost(parsed(source), offset, ts.isCallExpression);
  if (call?.expression.getText() !== "imread") return [];
  const { values, keywords } = callText(call, call.getSourceFile());
  const region = keywords.find(([each]) => each === name)?.[1] ?? "";
  const ranges = /^\[\s*\[.*\]\s*\]$/.test(region) ? region.slice(1, -1).trim() : "[0, 512], [0, 512]";
  return [`Write await (await openImage(${values[0]})).read(${ranges})`];
}

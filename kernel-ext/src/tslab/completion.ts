import type { CompletionInfo } from "tslab/dist/converter";
import type { Completion } from "../interpreter";

/** TypeScript's completion with the kind of each name, as JupyterLab shows it. */
export function completionOf({ start, end, candidates, original }: CompletionInfo): Completion {
  const kinds = new Map<string, string>(original?.entries.map(({ name, kind }) => [name, kind]));
  const matches = [...new Set(candidates)].map((name) => ({ name, kind: kinds.get(name) ?? "" }));
  return { start, end, matches };
}

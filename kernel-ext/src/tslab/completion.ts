import type * as TypeScript from "typescript";
import type { Completion, CompletionMatch } from "../interpreter";
import { readDocComments } from "./doccomments";
import type { OpenCell } from "./languageservice";
import { ts } from "./library";

/** Up to how many names each come with their type: a type that nobody looks at takes time as well. */
const MOST_SIGNATURES = 100;

/** The names that fit at an offset of a cell: the cell's own first, then what begins alike, then what contains it. */
export function completionOf(cell: OpenCell, code: string, offset: number): Completion {
  const { service, file, start } = cell;
  const find = () => service.getCompletionsAtPosition(file.fileName, start + offset, { includeSymbol: true });
  const found = find();
  const entries = (areRead(found) ? found : find())?.entries ?? [];
  const range = rangeOf(entries, code, offset, start);
  const typed = code.slice(range.start, offset);
  const fitting = entries
    .map((entry) => ({ entry, key: sortKey(entry, typed) }))
    .filter(({ key }) => key !== undefined)
    .sort((a, b) => compare(a.key ?? "", b.key ?? ""))
    .map(({ entry }) => entry);
  const distinct = [...new Map(fitting.map((entry) => [entry.name, entry])).values()];
  const isTyped = distinct.length <= MOST_SIGNATURES;
  return { ...range, matches: distinct.map((entry) => matchOf(entry, cell, isTyped)) };
}

/** Whether the members' doc comments were read before: what is deprecated is known by them. */
function areRead(info: TypeScript.CompletionInfo | undefined): boolean {
  if (!info || info.isGlobalCompletion) return true;
  return !readDocComments(info.entries.flatMap(({ symbol }) => symbol?.declarations ?? []));
}

/** What a name replaces: the word around the cursor, or the text of the string that it is in. */
function rangeOf(
  entries: readonly TypeScript.CompletionEntry[],
  code: string,
  offset: number,
  shift: number,
) {
  const span = entries.find(({ replacementSpan }) => replacementSpan)?.replacementSpan;
  if (span) return { start: span.start - shift, end: span.start + span.length - shift };
  const before = /[\p{ID_Continue}$#]*$/u.exec(code.slice(0, offset))?.[0] ?? "";
  const after = /^[\p{ID_Continue}$]*/u.exec(code.slice(offset))?.[0] ?? "";
  return { start: offset - before.length, end: offset + after.length };
}

/** The place of a name among others as a text to compare; `undefined` if it doesn't fit. */
function sortKey(entry: TypeScript.CompletionEntry, typed: string): string | undefined {
  const name = entry.name.toLowerCase();
  const rank = entry.name.startsWith(typed) ? 0 : name.startsWith(typed.toLowerCase()) ? 1 : 2;
  if (rank === 2 && !name.includes(typed.toLowerCase())) return undefined;
  return [isDeprecated(entry) ? 1 : 0, rank, entry.sortText, name].join("\0");
}

const isDeprecated = ({ kindModifiers }: TypeScript.CompletionEntry): boolean =>
  kindModifiers?.split(",").includes("deprecated") ?? false;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function matchOf(
  { name, kind, symbol }: TypeScript.CompletionEntry,
  { checker, file }: OpenCell,
  isTyped: boolean,
): CompletionMatch {
  if (!symbol) return { name, kind };
  const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
  const target = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
  const ownKind = isAlias ? kindOf(target) : kind;
  if (!isTyped || (target.flags & ts.SymbolFlags.Value) === 0) return { name, kind: ownKind };
  const type = checker.getTypeOfSymbolAtLocation(target, file);
  const [signature] = type.getCallSignatures();
  return {
    name,
    kind: ownKind,
    signature: signature ? checker.signatureToString(signature) : checker.typeToString(type),
  };
}

/** What an imported name stands for. */
function kindOf({ flags }: TypeScript.Symbol): string {
  if (flags & ts.SymbolFlags.Function) return "function";
  if (flags & ts.SymbolFlags.Class) return "class";
  if (flags & ts.SymbolFlags.Variable) return "const";
  if (flags & ts.SymbolFlags.Enum) return "enum";
  return flags & ts.SymbolFlags.Module ? "module" : "type";
}

import { inspect, types } from "node:util";
import { codeFrame } from "./codeframe";
import type { Failure } from "./interpreter";
import { isOfOwn, isOwn, ownErrorText } from "./ownerror";
import type { SourcePlace, Sources } from "./sources";
import { foldFrames, type StackEntry } from "./stackfold";
import { isInternal, isOfNode, stackLine } from "./stacktrace";

const builtIn = /^\s+at .* \(<anonymous>\)$/;

const stackStart = /^\s+at /;

/** What `inspect` writes for frames that a `cause` shows again. */
const elided = /^\s+\.\.\. \d+ lines matching cause stack trace \.\.\.( \{|,)?$/;

/**
 * Explain what running code threw, in the places of its sources.
 *
 * @param advise what mends an error with this message, a line each
 * @returns a traceback with the line of the innermost cell first, then the error with what helps of its stack: of
 *   bioengine's own errors, which say what to do, that are the frames of cells
 */
export function explainThrown(
  error: unknown,
  sources: Sources,
  advise: (message: string) => readonly string[],
): Failure {
  try {
    const isError = types.isNativeError(error) || error instanceof Error;
    return isError ? explainError(error, sources, advise) : explainValue(error);
  } catch (failure) {
    // What a cell throws may throw itself when it is looked at, by a getter of its message for one.
    return {
      ename: typeof error,
      evalue: "what was thrown cannot be shown",
      traceback: [
        "What was thrown cannot be shown: looking at it throws",
        ...explainValue(failure).traceback,
      ],
    };
  }
}

function explainError(
  error: Error,
  sources: Sources,
  advise: (message: string) => readonly string[],
): Failure {
  let innermost: SourcePlace | undefined;
  const entries: StackEntry[] = [];
  const ownText = ownErrorText(error);
  const isBug = ownText === undefined && isOfOwn(error);
  const isHidden = (file: string): boolean =>
    isInternal(file) || isOfNode(file) || (file !== "" && !isBug && isOwn(file));
  for (const line of asWritten(ownText ?? inspect(error, { colors: false })).split("\n")) {
    const [, start = "", file = "", row = "", column = "", end = "", after = ""] = stackLine.exec(line) ?? [];
    const elision = elided.exec(line);
    if (elision || isHidden(file)) {
      // What a hidden frame called of V8's own, such as Array.from, is hidden with it.
      while (!elision && builtIn.test(entries.at(-1)?.line ?? "")) entries.pop();
      // What follows an error stands on the line of its last frame: its properties, or the next one of a list.
      const last = entries.pop();
      if (last) entries.push({ ...last, line: `${last.line}${elision ? (elision[1] ?? "") : after}` });
    } else if (file === "") {
      entries.push({ line, file: undefined });
    } else {
      const place = sources.find(file, { line: Number(row) - 1, column: Number(column) - 1 });
      innermost ??= place;
      // A variable of another cell is a property; as what it is called doesn't say more.
      const caller = place ? start.replace(/\bObject\./, "") : start;
      const shown = place ? `${place.source.name}, line ${place.line + 1}` : `${file}:${row}:${column}`;
      entries.push({ line: `${caller}${shown}${end}${after}`, file: place ? undefined : file });
    }
  }
  // The line above the message is that of the only frame.
  const frames = new Set(entries.map(({ line }) => line).filter((line) => stackStart.test(line)));
  const isPlain = ownText !== undefined && frames.size === 1;
  const shown = isPlain ? entries.filter(({ line }) => !stackStart.test(line)) : entries;
  const message = messageOf(error);
  const advice = advise(message).map((line) => `  ${line}`);
  return {
    ename: String(error.name),
    evalue: message,
    traceback: [
      ...(innermost ? frameOf(innermost) : []),
      ...advice,
      ...(innermost || advice.length > 0 ? [""] : []),
      ...foldFrames(shown),
    ],
  };
}

function explainValue(value: unknown): Failure {
  const text = inspect(value, { colors: false });
  return {
    ename: typeof value,
    evalue: text,
    traceback: [`Thrown: ${text}`, "  Only an Error knows its line: throw new Error(…)"],
  };
}

function messageOf(error: Error): string {
  if (error instanceof AggregateError && error.message === "") {
    const messages = error.errors.map((inner: unknown) =>
      inner instanceof Error ? inner.message : inspect(inner),
    );
    return `${messages.length} errors: ${messages.join("; ")}`;
  }
  return asWritten(error.message);
}

/** Names as the cells have them: compiled, a variable of another cell or an import is a property. */
const asWritten = (text: string): string =>
  text.replace(/\(0 , (?:[\w$]+\.)*([\w$]+)\)/g, "$1").replace(/\bexports\.(?=[\w$.]+ is not )/g, "");

const frameOf = (place: SourcePlace): string[] => [
  `${place.source.name}, line ${place.line + 1}`,
  ...codeFrame(place.source.text, place, 1, 1),
];

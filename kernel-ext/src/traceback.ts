import { inspect } from "node:util";
import { codeFrame } from "./codeframe";
import type { Failure } from "./interpreter";
import type { SourcePlace, Sources } from "./sources";

/** A line of a stack: `    at name (file:line:column)`, with or without the name. */
const stackLine = /^(\s+at (?:async )?(?:.*? \()?)([^()]+?):(\d+):(\d+)(\)?)( \{)?$/;

/** What `inspect` writes for frames that a `cause` shows again. */
const elided = /^\s+\.\.\. \d+ lines matching cause stack trace \.\.\.( \{)?$/;

/** Where the frames are from that say nothing about the cell. */
const internal = [__dirname, /[\\/]node_modules[\\/]tslab[\\/]dist[\\/]/, /^node:(internal|vm)\b/];

/**
 * Explain what running code threw, in the places of its sources.
 *
 * @returns a traceback with the line of the innermost cell first, then the error with its stack
 */
export function explainThrown(error: unknown, sources: Sources): Failure {
  if (!(error instanceof Error)) {
    const text = inspect(error, { colors: false });
    return { ename: typeof error, evalue: text, traceback: [text] };
  }
  let innermost: SourcePlace | undefined;
  const stack: string[] = [];
  for (const line of inspect(error, { colors: false }).split("\n")) {
    const [, start = "", file = "", row = "", column = "", end = "", brace = ""] = stackLine.exec(line) ?? [];
    const isElided = elided.test(line);
    if (isElided || isInternal(file)) {
      // The error's own properties open on the line of its last frame.
      if (line.endsWith(" {")) stack.push(`${stack.pop()} {`);
    } else if (file === "") {
      stack.push(line);
    } else {
      const place = sources.find(file, { line: Number(row) - 1, column: Number(column) - 1 });
      innermost ??= place;
      const shown = place
        ? `${place.source.name}:${place.line + 1}:${place.column + 1}`
        : `${file}:${row}:${column}`;
      // A variable of another cell is a property; as what it is called doesn't say more.
      const caller = place ? start.replace(/\bObject\./, "") : start;
      stack.push(`${caller}${shown}${end}${brace}`);
    }
  }
  return {
    ename: error.name,
    evalue: error.message,
    traceback: [...(innermost ? frameOf(innermost) : []), ...stack],
  };
}

function frameOf(place: SourcePlace): string[] {
  const { source, line, column } = place;
  return [`${source.name}:${line + 1}:${column + 1}`, ...codeFrame(source.text, place, 1), ""];
}

const isInternal = (file: string): boolean =>
  internal.some((origin) => (typeof origin === "string" ? file.startsWith(origin) : origin.test(file)));

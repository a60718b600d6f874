import type { Sources } from "./sources";

/** Where the frames are from that say nothing about the cell. */
const internal = [__dirname, /[\\/]node_modules[\\/]tslab[\\/]dist[\\/]/, /^node:(internal|vm|events)\b/];

/** Whether a frame of this file is the kernel's or Node.js's own. */
export const isInternal = (file: string): boolean =>
  internal.some((origin) => (typeof origin === "string" ? file.startsWith(origin) : origin.test(file)));

/** Whether a frame is Node.js's own: what a cell called of it is in the cell's line. */
export const isOfNode = (file: string): boolean => file.startsWith("node:");

/** A line of a stack: `    at name (file:line:column)`, with or without the name. */
export const stackLine: RegExp = /^(\s+at (?:async )?(?:.*? \()?)([^()]+?):(\d+):(\d+)(\)?)( \{|,)?$/;

/** Let each error's `stack` name the places of the sources, also where a cell prints it. */
export function writeStacks(sources: Sources): void {
  Error.prepareStackTrace = (error, frames) => {
    const own = frames.filter((frame) => !isInternal(frame.getFileName() ?? ""));
    const lines = (own.length > 0 ? own : frames).map((frame) => `\n    at ${writeFrame(frame, sources)}`);
    return `${headOf(error)}${lines.join("")}`;
  };
}

function writeFrame(frame: NodeJS.CallSite, sources: Sources): string {
  const text = String(frame);
  const [file, line, column] = [frame.getFileName(), frame.getLineNumber(), frame.getColumnNumber()];
  if (!file || line === null || column === null) return text;
  const place = sources.find(file, { line: line - 1, column: column - 1 });
  if (!place) return text;
  const shown = `${place.source.name}:${place.line + 1}:${place.column + 1}`;
  // A variable of another cell is a property; as what it is called doesn't say more.
  return text.replace(`${file}:${line}:${column}`, shown).replace(/^(async |new )?Object\./, "$1");
}

function headOf(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    // A name or message may be a getter that throws; V8 itself writes this then.
    return "<error>";
  }
}

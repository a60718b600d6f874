import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** A line of a traceback. */
export interface StackEntry {
  readonly line: string;
  /** The file of a library that the line is a frame of, if it is one. */
  readonly file: string | undefined;
}

/** How many frames of libraries in a row are shown. */
const MOST_FRAMES = 2;

/** Join the frames of libraries that follow each other: the first says where it failed, the rest how it got there. */
export function foldFrames(entries: readonly StackEntry[]): string[] {
  const lines: string[] = [];
  let frames: StackEntry[] = [];
  const flush = (): void => {
    const hidden = frames.length > MOST_FRAMES ? frames.splice(1) : [];
    lines.push(...frames.map(({ line }) => line));
    const names = [...new Set(hidden.map(({ file = "" }) => libraryOf(file)))];
    const after = /( \{|,)?$/.exec(hidden.at(-1)?.line ?? "")?.[0];
    const indent = /^\s*/.exec(hidden[0]?.line ?? "")?.[0];
    if (hidden.length > 0) lines.push(`${indent}… ${hidden.length} more in ${names.join(", ")}${after}`);
    frames = [];
  };
  for (const entry of entries) {
    const isSameStack = /^\s*/.exec(entry.line)?.[0] === /^\s*/.exec(frames[0]?.line ?? entry.line)?.[0];
    if (entry.file === undefined || !isSameStack) flush();
    if (entry.file === undefined) lines.push(entry.line);
    else frames.push(entry);
  }
  flush();
  return joinRepeats(lines);
}

/** A function that calls itself without an end fills the stack with one line. */
function joinRepeats(lines: readonly string[]): string[] {
  return lines.flatMap((line, index) => {
    if (line === lines[index - 1] && line === lines[index - 2] && frame.test(line)) return [];
    let end = index;
    while (lines[end + 1] === line) end++;
    const isSecond = line === lines[index - 1] && end > index && frame.test(line);
    return isSecond ? [`${/^\s*/.exec(line)?.[0]}… ${end - index + 1} more like this`] : [line];
  });
}

const frame = /^\s+at /;

/** The package that a file is of; Node.js if none. */
export function libraryOf(file: string): string {
  let folder = dirname(file.startsWith("file:") ? fileURLToPath(file) : file);
  for (; folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (!existsSync(manifest)) continue;
    const { name }: { name?: string } = JSON.parse(readFileSync(manifest, "utf8"));
    if (name !== undefined) return name;
  }
  return "Node.js";
}

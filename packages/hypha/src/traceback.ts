// biome-ignore lint/suspicious/noControlCharactersInRegex: Ray colours its tracebacks
const colours = /\x1b\[[0-9;]*m/g;
const exception = /^(?:\w+\.)*[A-Z]\w*(?:Error|Exception|Exit|Interrupt|Timeout)(?:\(\w+\))?(?::|$)/;
/** What Hypha puts before the line of an exception that it passes on. */
const wrapper = /^(?:Remote(?:Error|Exception)|Exception):\s*(?=\S)/;

/**
 * What went wrong in a Python traceback, also if Ray or Hypha wrapped it into others: the line of the last
 * exception. Of other text, the last line that names an exception, else the first line.
 *
 * @param text e.g. `"Traceback (most recent call last):\n  File …\nValueError: boo"`
 * @returns e.g. `"ValueError: boo"`; empty if there is no text
 */
export function exceptionLine(text: string): string {
  const lines = text
    .replace(colours, "")
    .split("\n")
    .map((line) => line.trimEnd().replace(wrapper, ""))
    .filter((line) => line !== "");
  const frame = lines.map((line) => /^\s*File "/.test(line)).lastIndexOf(true);
  const afterFrames = frame < 0 ? undefined : lines.slice(frame + 1).find((line) => /^\S/.test(line));
  const named = lines.filter((line) => exception.test(line)).at(-1);
  return (afterFrames ?? named ?? lines[0] ?? "").trim();
}

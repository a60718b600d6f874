import { libraryOf } from "./stackfold";
import { isInternal, isOfNode, stackLine } from "./stacktrace";

/** Whether a file is of bioengine's own packages. */
export const isOwn = (file: string): boolean => /^@?bioengine(\/|$)/.test(libraryOf(file));

/** What bioengine says on purpose; V8 has one such message too. */
const meant = /^Cannot (?!redefine property: ).+: /;

/** The frames of an error's stack. */
function framesOf({ stack }: Error): string[] {
  return typeof stack === "string" ? stack.split("\n").filter((line) => /^\s+at /.test(line)) : [];
}

const frameFile = (line: string): string | undefined => stackLine.exec(line)?.[2];

/** Whether an error was made in bioengine's own packages. */
export function isOfOwn(error: Error): boolean {
  const origin = framesOf(error)
    .map(frameFile)
    .find((file) => file !== undefined && !isInternal(file) && !isOfNode(file));
  return origin !== undefined && isOwn(origin);
}

/**
 * An error of bioengine's that says what to do, as text: its message, the frames that are the user's, and what caused
 * it if that isn't in the message.
 *
 * @returns `undefined` if it is another error
 */
export function ownErrorText(error: Error): string | undefined {
  if (!meant.test(error.message) || !isOfOwn(error)) return undefined;
  const frames = framesOf(error).filter((line) => {
    const file = frameFile(line);
    return file !== undefined && !isOfNode(file) && !isInternal(file) && !isOwn(file);
  });
  const { cause } = error;
  const isNews = cause instanceof Error && !("code" in cause) && ownErrorText(cause) === undefined;
  return [
    `${error.name}: ${error.message}`,
    ...frames,
    ...(isNews ? [`Cause: ${cause.name}: ${cause.message}`] : []),
  ].join("\n");
}

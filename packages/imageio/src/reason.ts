/** What an error says, in one line. */
export const reasonOf = (cause: unknown): string =>
  cause instanceof Error ? cause.message.split("\n")[0] : String(cause);

import { codeBlock } from "./codeblock";
import { codexInstructions, type InstructionOptions } from "./instructions";

/** Longest error that goes along, in characters: a traceback says the most in its first lines. */
const MAX_ERROR = 4000;

const answer =
  "Answer with one block of TypeScript, fenced by ```ts and ```, which is the whole cell, and with nothing else.";

/** A text in a variable may be a password or a name: a code model need not know it. */
const withoutTexts = (description: string): string =>
  description.replace(/"(?:[^"\\]|\\.)*(?:"|$)/g, "a text");

/** A cell that failed. */
export interface FailedCell {
  readonly code: string;
  /** What it failed with: the error and its traceback, without escape sequences. */
  readonly error: string;
}

/** What a code model is told before the request. */
export interface ChatOptions extends InstructionOptions {
  /** The cell that is to be mended; left out, a new one is to be written. */
  failed?: FailedCell;
}

/**
 * What a code model is told that writes or mends one cell: the instructions, what the variables hold, the form of its
 * answer, and the cell that failed. The values of texts are left out of the variables.
 *
 * @returns Markdown, before the person's own request
 * @example
 * chatInstructions({ variables: [{ name: "image", description: "NdArray [512, 512] uint16" }] });
 */
export function chatInstructions({ failed, variables, ...options }: ChatOptions = {}): string {
  const told = variables?.map(({ name, description }) => ({ name, description: withoutTexts(description) }));
  const instructions = codexInstructions({ ...options, ...(told && { variables: told }) });
  if (!failed) return `${instructions}\n## Your task\n\nWrite the cell that the user asks for. ${answer}\n`;
  const error = failed.error.slice(0, MAX_ERROR);
  return `${instructions}
## Your task

This cell failed:

${codeBlock(failed.code)}

Its error:

\`\`\`text
${error}
\`\`\`

Write the cell that should take its place: change no more than is needed. ${answer}
`;
}

/** Longest text that describes a notebook's data, in characters: a small part of what a code model reads. */
const MAX_LENGTH = 2000;

/** A variable, and what it holds in a few words. */
export interface Variable {
  readonly name: string;
  readonly description: string;
}

/**
 * The section of the instructions that tells a code model what there is, at most 2000 characters.
 *
 * @param variables the last ones are the likeliest to be used, and kept
 * @returns Markdown
 * @example
 * variableSection([{ name: "image", description: "NdArray [512, 512] uint16, axes YX, 90 to 4095" }]);
 */
export function variableSection(variables: readonly Variable[]): string {
  const heading = "## The notebook's variables\n\n";
  if (variables.length === 0) return `${heading}There are none yet: read an image first.\n`;
  const lines: string[] = [];
  let left = MAX_LENGTH - heading.length - 120;
  for (const { name, description } of [...variables].reverse()) {
    const line = `- \`${name}\`: ${description}\n`;
    if (line.length > left) break;
    left -= line.length;
    lines.unshift(line);
  }
  const omitted = variables.length - lines.length;
  const more = omitted > 0 ? `- and ${omitted} more from earlier cells\n` : "";
  return `${heading}They are there from earlier cells; use them by name:\n\n${more}${lines.join("")}`;
}

/** A cell as Markdown. */
export const codeBlock = (code: string): string => `\`\`\`ts\n${code}\n\`\`\``;

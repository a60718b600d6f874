import { codeBlock } from "./codeblock";
import { basics } from "./instructions";
import { recipes } from "./recipe";

/** The cell of a recipe. */
const cell = (title: string): string => recipes().find((recipe) => recipe.title === title)?.code ?? "";

/**
 * What a crawler of documentation reads first (llms.txt): what the library is, and where the rest is.
 *
 * @param files the paths that it links to, each with what is there
 */
export function llmsTxt(files: Readonly<Record<string, string>>): string {
  const links = Object.entries(files).map(([path, content]) => `- [${path}](${path}): ${content}`);
  return `# bioengine

> Segment, measure and train on microscopy images in TypeScript notebooks: \`execute\` runs a model on the embedded engine or a Triton server, masks and tables show themselves.

${basics()}

${codeBlock(cell("Read an image"))}

${codeBlock(cell("Segment an image"))}

${codeBlock(cell("Measure the objects"))}

## Docs

${links.join("\n")}
`;
}

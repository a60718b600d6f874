import { functionCell, functions } from "./apifunction";
import { codeBlock } from "./codeblock";
import { basics } from "./instructions";
import { type Recipe, type RecipeOptions, recipes } from "./recipe";
import { recipeSection } from "./recipesection";

/** When an agent is to read the skill; agents read the descriptions of all skills, so it is short. */
const description =
  "Segment, measure and train on microscopy images in TypeScript notebook cells with the bioengine library: execute() runs cellpose and stardist models (embedded or on a Triton server), regionpropsTable() measures, imshow() displays. Use for Jupyter notebooks with the kernel TypeScript (BioEngine), or for TypeScript code that imports bioengine; not for Python.";

/** Enough for the commonest task; the references have the rest. */
const first = ["Read an image", "Segment an image", "Measure the objects"];

const categories = ["Read", "Segment", "Measure", "Save", "Train"] as const;

const contents: Readonly<Record<Recipe["category"], string>> = {
  Read: "images of every format, pixel size",
  Segment: "each model, thresholds with watershed, stacks, many images, bioimage.io",
  Measure: "tables, filters, histograms, comparison with a reference",
  Save: "CSV, TIFF",
  Train: "on own images, on examples, step by step",
};

const referencePath = (category: string): string => `references/${category.toLowerCase()}.md`;

const reference = (category: Recipe["category"], options: RecipeOptions): string =>
  `# ${category}\n\n${recipes(options)
    .filter((recipe) => recipe.category === category)
    .map(recipeSection)
    .join("\n\n")}\n`;

function calls(): string {
  const sections = Object.entries(functions).map(
    ([kind, list]) => `## ${kind}\n\n${codeBlock(functionCell(list))}`,
  );
  return `# Calls\n\nThey need \`image\`, its \`mask\` and its \`table\`.\n\n${sections.join("\n\n")}\n`;
}

/**
 * The files of an agent skill, by their paths in its folder: `SKILL.md`, and references that are read when needed.
 *
 * @param options where the cells' models run
 * @example
 * Object.keys(skill()); // ["SKILL.md", "references/read.md", …]
 */
export function skill(options: RecipeOptions = {}): Record<string, string> {
  const cells = recipes(options).filter(({ title }) => first.includes(title));
  const links = categories.map(
    (category) => `- [${category}](${referencePath(category)}): ${contents[category]}`,
  );
  const main = `---
name: bioengine
description: ${JSON.stringify(description)}
---

# Notebook cells with bioengine

${basics(options)}

${cells.map(recipeSection).join("\n\n")}

## References

Each has cells that run as pasted, after those that make the variables they need:

${links.join("\n")}
- [Calls](references/calls.md): array methods, filters, labels and measurements, a line each
`;
  return {
    "SKILL.md": main,
    ...Object.fromEntries(
      categories.map((category) => [referencePath(category), reference(category, options)]),
    ),
    "references/calls.md": calls(),
  };
}

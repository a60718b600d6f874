import { functionCell, functions } from "./apifunction";
import { codeBlock } from "./codeblock";
import { type ModelDescription, models as ownModels } from "./model";
import { type RecipeOptions, recipes } from "./recipe";
import { recipeSection } from "./recipesection";
import { type Variable, variableSection } from "./variable";

/** What the instructions tell of: all of it is optional. */
export interface InstructionOptions extends RecipeOptions {
  /** What the notebook's variables hold, the last ones the most important. */
  variables?: readonly Variable[];
}

const isTrainer = ({ name }: ModelDescription): boolean => name.endsWith("-train");

function describe({ name, purpose, inputs, outputs }: ModelDescription, index: number): string {
  return [
    `${index + 1}. "${name}"${purpose === undefined ? ":" : ` segments ${purpose}.`}`,
    ...inputs.map((input, position) => `   - input ${position + 1}, ${input}`),
    ...outputs.map((output) => `   - result, ${output}`),
  ].join("\n");
}

/** The models with their inputs and results, as a list; those that `train` runs are named alone. */
function modelList(models: readonly ModelDescription[]): string {
  const trainers = models.filter(isTrainer).map(({ name }) => `"${name}"`);
  return [
    ...models.filter((model) => !isTrainer(model)).map(describe),
    ...(trainers.length > 0
      ? [`\nFor \`train\` there ${trainers.length > 1 ? "are" : "is"} ${trainers.join(" and ")}.`]
      : []),
  ].join("\n");
}

/**
 * How to call `execute`, the models, and what differs from Python: what every cell needs to know.
 *
 * @returns Markdown
 */
export function basics({ serverUrl, models = ownModels }: RecipeOptions = {}): string {
  const server = serverUrl
    ? `The models run on the Triton server ${serverUrl}: pass it as \`serverUrl\`.`
    : "Without `serverUrl` the models run on the engine that comes with the library; with it on that Triton server.";
  return `Write TypeScript notebook cells, no Python. Import everything from "bioengine"; \`execute\` runs a model and is awaited:

\`const results = await execute({ inputs: [image, parameters], modelName: "…" })\`

${server}

\`inputs\` has one element per model input: an NdArray or a plain object of parameters. The models are:

${modelList(models)}

Rules:
- Options are one object in camelCase: \`{ modelName: "stardist", serverUrl: "…" }\`, \`gaussian(image, { sigma: 1 })\`; only a model's own parameters are in snake_case.
- No operators and no brackets: \`image.multiply(2)\`, \`image.greater(100)\`, \`image.at(0)\`, not \`image * 2\`, \`image > 100\`, \`image[0]\`.
- Convert to the dtype and axes that the model lists; an error shows the corrected line.
- An image, a mask or a table as the last line of a cell shows itself, with a digest as text; \`imshow(mask, { image: image })\` shows a mask over its image, with \`colorBy: "area"\` in the colours of a measurement.
- Write \`{ image: image }\`, not the shorthand \`{ image }\`, for variables of earlier cells.
- Measurements have scikit-image's names; vectors become columns \`centroid-0\`, \`centroid-1\`.
- Slow or guarded servers: \`execute\` also takes \`token\`, \`headers\`, \`timeoutMs\`, \`signal\`, \`onProgress\`, \`compression: "gzip"\`.
- Top-level \`await\` works; use \`import\`, not \`require\`.`;
}

/**
 * The instructions that make a code model write cells that run: how to call `execute`, the models with their
 * inputs and results, one runnable cell for each task, and the library's calls; at most 1,500 words.
 *
 * @param options.serverUrl the Triton server that the cells call; left out, they call the embedded engine
 * @param options.models what that server has; left out, what the embedded engine has
 * @param options.variables what the notebook holds; adds at most 2000 characters
 * @returns Markdown
 * @example
 * console.log(codexInstructions({ serverUrl: "http://127.0.0.1:8000" }));
 */
export function codexInstructions(options: InstructionOptions = {}): string {
  const { variables } = options;
  const common = recipes(options).filter(({ isRare }) => !isRare);
  return `## Instructions for code generation with bioengine

${basics(options)}

${common.map(recipeSection).join("\n\n")}

### Calls

Needs \`image\`, \`mask\` and \`table\`.

${codeBlock(functionCell(Object.values(functions).flat()))}
${variables ? `\n${variableSection(variables)}` : ""}`;
}

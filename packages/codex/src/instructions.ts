import { type ModelDescription, models } from "./model";
import { type Recipe, type RecipeOptions, recipes } from "./recipe";

const describe = (model: ModelDescription, index: number): string =>
  [
    `${index + 1}. "${model.name}" segments ${model.purpose}.`,
    ...model.inputs.map((input, position) => `   - input ${position + 1}, ${input}`),
    ...model.outputs.map((output) => `   - result, ${output}`),
  ].join("\n");

const cell = (recipe: Recipe): string =>
  [
    `### ${recipe.title}`,
    "",
    recipe.description,
    ...(recipe.requires.length > 0
      ? [`Needs ${recipe.requires.map((name) => `\`${name}\``).join(" and ")}.`]
      : []),
    ...(recipe.server ? [`Needs ${recipe.server}.`] : []),
    "",
    "```ts",
    recipe.code,
    "```",
  ].join("\n");

/**
 * The instructions that make a code model write cells that run: how to call `execute`, the models with their
 * inputs and results, and one runnable cell for each task.
 *
 * @param options.serverUrl the Triton server that the cells call; left out, they call the embedded engine
 * @returns Markdown
 * @example
 * console.log(codexInstructions({ serverUrl: "http://127.0.0.1:8000" }));
 */
export function codexInstructions(options: RecipeOptions = {}): string {
  const server = options.serverUrl
    ? `The models run on the Triton server ${options.serverUrl}: pass it as \`serverUrl\`.`
    : "Without `serverUrl` the models run on the engine that comes with the library; with `serverUrl` on that Triton server.";
  return `## Instructions for code generation with bioengine

Write TypeScript notebook cells. Import from "bioengine"; \`execute\` runs a model and is awaited:

\`const results = await execute({ inputs: [image, parameters], modelName: "…" })\`

${server}

\`inputs\` has one element per model input: an NdArray or a plain object of parameters. The models are:

${models.map(describe).join("\n")}

Rules:
- Images are NdArrays with axes [y, x] or [y, x, c]: \`shape\`, \`dtype\`, \`at(i)\`, \`slice([start, stop], …)\`, \`expandDims(axis)\`, \`astype(dtype)\`, \`max()\`, \`mean()\`, \`percentile(q)\`. There is no operator overloading: \`image.multiply(2)\`, \`image.greater(100)\`.
- For slow or guarded servers \`execute\` also takes \`token\`, \`headers\`, \`timeoutMs\`, \`signal\`, \`onProgress\`, \`compression: "gzip"\` and \`tls: { ca }\`; a call that nobody answers is repeated by itself.
- Convert to the dtype and axes that the model lists; a wrong one is an error that shows the corrected line.
- \`imshow(mask, { image: image })\` shows a mask over its image; a mask, an image or a table as the last line of a cell shows itself.
- Write \`{ image: image }\`, not the shorthand \`{ image }\`, for variables of earlier cells.
- Measurements have scikit-image's names; vectors become columns \`centroid-0\`, \`centroid-1\`.
- A table is never changed: \`table.filter((row) => row.area > 30)\`, \`sort("area", { descending: true })\`, \`withColumn("ratio", (row) => row.area / row.perimeter)\`, \`groupBy("image").aggregate({ area: ["mean", "sem"] })\` (columns \`area_mean\`, \`area_sem\`), \`join(other, "label")\`, \`Table.concat({ "a.tif": tableA, "b.tif": tableB })\`, \`rowCount\`, \`rows()\`, \`values("area")\`; \`await writeCsv("objects.csv", table)\`.
- Top-level \`await\` works; use \`import\`, not \`require\`.

${recipes(options).map(cell).join("\n\n")}
`;
}

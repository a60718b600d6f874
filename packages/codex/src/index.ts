export { fillFields, type SnippetField } from "./field";
export { codexInstructions } from "./instructions";
export { type ModelDescription, models } from "./model";
export { type Recipe, type RecipeOptions, recipes } from "./recipe";
export { type Snippet, snippets } from "./snippet";

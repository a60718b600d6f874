export { type ChatOptions, chatInstructions, type FailedCell } from "./chat";
export { fillFields, type SnippetField } from "./field";
export { codexInstructions, type InstructionOptions } from "./instructions";
export { type McpPrompt, type McpResource, mcpPrompt, mcpResources } from "./mcp";
export {
  describeServed,
  type ModelCell,
  type ModelDescription,
  models,
  type ServedModel,
  type ServedTensor,
} from "./model";
export { type Recipe, type RecipeOptions, recipes } from "./recipe";
export { type Snippet, snippets } from "./snippet";
export { type Variable, variableSection } from "./variable";
export { views } from "./view";

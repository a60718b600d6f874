import type { SnippetField } from "./field";
import { recipes } from "./recipe";

/** A cell that the snippets panel offers. */
export interface Snippet {
  readonly title: string;
  readonly description: string;
  readonly category: string;
  readonly code: string;
  /** The values in the code that a person may fill in. */
  readonly fields: readonly SnippetField[];
}

/** The cells of the snippets panel, in the order in which a notebook runs them. */
export const snippets: readonly Snippet[] = recipes().map(
  ({ title, description, category, code, fields = [] }) => ({ title, description, category, code, fields }),
);

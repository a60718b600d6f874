import { recipes } from "./recipe";

/** A cell that the snippets panel offers. */
export interface Snippet {
  readonly title: string;
  readonly description: string;
  readonly category: string;
  readonly code: string;
}

/** The cells of the snippets panel, in the order in which a notebook runs them. */
export const snippets: readonly Snippet[] = recipes().map(({ title, description, category, code }) => ({
  title,
  description,
  category,
  code,
}));

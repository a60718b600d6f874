import type { Snippet } from "@bioengine/codex";

/** The snippets under one heading of the panel. */
export interface SnippetGroup {
  readonly category: string;
  readonly snippets: readonly Snippet[];
}

/**
 * The snippets that contain every word of a query, in title, description, category or code, by category.
 *
 * @param query words in any order and case; empty finds all
 * @returns groups and snippets in their original order, no group empty
 * @example
 * searchSnippets(snippets, "save csv")[0].category; // "Save"
 */
export function searchSnippets(snippets: readonly Snippet[], query: string): SnippetGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, Snippet[]>();
  for (const snippet of snippets) {
    const { title, description, category, code } = snippet;
    const text = `${title}\n${description}\n${category}\n${code}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    groups.set(category, [...(groups.get(category) ?? []), snippet]);
  }
  return [...groups].map(([category, found]) => ({ category, snippets: found }));
}

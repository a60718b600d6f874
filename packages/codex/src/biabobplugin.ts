import { models } from "./model";
import { type Recipe, recipes } from "./recipe";

/** Each line further in, but for empty ones. */
const indent = (text: string): string => text.replace(/^(?=.)/gm, "    ");

const hint = ({ title, description, code }: Recipe): string =>
  `* ${title}: ${description}\n\`\`\`ts\n${code}\n\`\`\``;

/**
 * A Python module for bia-bob's entry point `bia_bob_plugins`: its function gives the hints that bob adds to what a
 * model is told.
 *
 * @see https://github.com/haesleinhuepf/bia-bob#extending-bob
 */
export function biaBobPlugin(): string {
  const titles = [
    "Read an image",
    ...models.map(({ name }) => `Segment with ${name}`),
    "Measure the objects",
  ];
  const hints = recipes().filter(({ title }) => titles.includes(title));
  return `"""Tells bia-bob how to write cells for notebooks with the kernel TypeScript (BioEngine)."""


def list_bia_bob_plugins():
    """Hints for bia_bob: a task, and the TypeScript cell that does it."""
    return r"""
${indent(`In notebooks whose language is TypeScript, use the library "bioengine", in TypeScript:\n\n${hints.map(hint).join("\n\n")}`)}
    """
`;
}

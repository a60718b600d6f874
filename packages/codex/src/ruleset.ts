import { codexInstructions } from "./instructions";

/**
 * A rule of Notebook Intelligence that holds in notebooks of the kernel `bioengine` alone; it belongs into
 * `~/.jupyter/nbi/rules/`.
 *
 * @see https://github.com/plmbr/notebook-intelligence/blob/main/docs/rulesets.md
 */
export const ruleset = (): string => `---
priority: 10
scope:
  kernel_names:
    - bioengine
---

${codexInstructions()}`;

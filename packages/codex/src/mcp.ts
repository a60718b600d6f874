import { codexInstructions, type InstructionOptions } from "./instructions";
import { skill } from "./skill";

/** A text that a server of the Model Context Protocol offers, with the protocol's names. */
export interface McpResource {
  readonly uri: string;
  readonly name: string;
  readonly description: string;
  readonly mimeType: "text/markdown";
  readonly text: string;
}

/** A prompt that such a server offers, with the protocol's names. */
export interface McpPrompt {
  readonly name: string;
  readonly description: string;
  readonly arguments: readonly {
    readonly name: string;
    readonly description: string;
    readonly required: boolean;
  }[];
  readonly messages: readonly {
    readonly role: "user";
    readonly content: { readonly type: "text"; readonly text: string };
  }[];
}

/**
 * What an MCP server lists and gives to be read: the instructions, and the skill's references on their own.
 *
 * @param options of the instructions, e.g. the models that a server really has
 * @example
 * mcpResources().map(({ uri }) => uri); // ["bioengine://instructions", "bioengine://references/read", …]
 */
export function mcpResources(options: InstructionOptions = {}): McpResource[] {
  const references = Object.entries(skill(options)).filter(([path]) => path.startsWith("references/"));
  return [
    {
      uri: "bioengine://instructions",
      name: "Instructions for notebook cells",
      description:
        "How to write TypeScript cells with bioengine: the models, a runnable cell per task, the calls",
      mimeType: "text/markdown",
      text: codexInstructions(options),
    },
    ...references.map(([path, text]): McpResource => {
      const name = path.replace(/\.md$/, "");
      const [heading = ""] = text.split("\n");
      return {
        uri: `bioengine://${name}`,
        name: heading.replace(/^# /, ""),
        description: `Every cell on this: ${[...text.matchAll(/^##+ (.*)$/gm)].map((match) => match[1]).join(", ")}`,
        mimeType: "text/markdown",
        text,
      };
    }),
  ];
}

/**
 * The prompt that makes a cell: the instructions, and what the person wants.
 *
 * @param task in the person's words; left out, the prompt as it is listed
 * @param options of the instructions
 * @example
 * mcpPrompt("Count the nuclei in data/img2d.tif").messages;
 */
export function mcpPrompt(task = "", options: InstructionOptions = {}): McpPrompt {
  const text =
    task === "" ? codexInstructions(options) : `${codexInstructions(options)}\n## Task\n\n${task}\n`;
  return {
    name: "notebook_cell",
    description: "Write a TypeScript notebook cell that segments, measures or trains with bioengine",
    arguments: [{ name: "task", description: "What the cell is to do", required: true }],
    messages: [{ role: "user", content: { type: "text", text } }],
  };
}

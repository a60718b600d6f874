import { codexInstructions, describeServed, type ModelDescription } from "@bioengine/codex";
import { type CallOptions, TritonClient } from "@bioengine/triton";
import { onEmbeddedEngine } from "./embedded";
import { describeValue } from "./valuedescription";

/** What is looked at to instruct a code model. */
export interface LiveInstructionsOptions extends Omit<CallOptions, "signal"> {
  /** A Triton server, which is asked for its models; default: the embedded engine. */
  serverUrl?: string;
  /** The notebook's variables, e.g. `{ image: image, mask: mask }`; the last ones are the most important. */
  variables?: Readonly<Record<string, unknown>>;
}

/** The models that a server is ready to run, as their configurations describe them. */
async function modelsOf(
  serverUrl: string,
  options: Omit<CallOptions, "signal">,
): Promise<ModelDescription[]> {
  const client = new TritonClient({ ...options, serverUrl });
  const entries = await client.getModelRepositoryIndex();
  const ready = entries.filter(({ state }) => state === "READY").map(({ name }) => name);
  const configs = await Promise.all([...new Set(ready)].map((name) => client.getModelConfig(name)));
  const models = configs.map(describeServed);
  const isKnown = ({ purpose }: ModelDescription): boolean => purpose !== undefined;
  return [...models.filter(isKnown), ...models.filter((model) => !isKnown(model))];
}

/**
 * The instructions for code models, with what there really is: the models that the server has, and the notebook's
 * data. `codexInstructions` asks nobody.
 *
 * @param options.serverUrl a Triton server; default: the embedded engine
 * @param options.variables the notebook's, e.g. `{ image: image }`
 * @returns Markdown
 * @throws {ConnectionError} if no server answers
 * @example
 * console.log(await liveInstructions({ variables: { image: image, mask: mask } }));
 */
export async function liveInstructions(options: LiveInstructionsOptions = {}): Promise<string> {
  const { serverUrl, variables, ...rest } = options;
  const models =
    serverUrl === undefined
      ? await onEmbeddedEngine("list the models", (url) => modelsOf(url, rest))
      : await modelsOf(serverUrl, rest);
  const described =
    variables &&
    Object.entries(variables).map(([name, value]) => ({ name, description: describeValue(value) }));
  return codexInstructions({ serverUrl, models, variables: described });
}

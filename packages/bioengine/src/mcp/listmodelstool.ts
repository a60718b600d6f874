import { models } from "@bioengine/codex";
import {
  type AbortSignalLike,
  type ModelConfig,
  type ModelConfigTensor,
  type RepositoryEntry,
  TritonClient,
} from "@bioengine/triton";
import type { CallToolResult, McpServer, ServerContext } from "@modelcontextprotocol/server";
import { z } from "zod";
import { onEmbeddedEngine } from "../embedded";

const inputSchema = z.strictObject({
  serverUrl: z
    .string()
    .optional()
    .describe("a Triton server; left out: the engine that comes with the library"),
});

const tensor = ({ name, data_type, dims, optional }: ModelConfigTensor): string =>
  `${name} ${data_type.replace("TYPE_", "")} [${dims.join(", ")}]${optional ? " (optional)" : ""}`;

const signature = ({ input, output }: ModelConfig): string =>
  `${input.map(tensor).join(", ")} → ${output.map(tensor).join(", ")}`;

/** What one model is; one that can't be asked says why. */
async function describe(
  { name, version, state, reason }: RepositoryEntry,
  client: TritonClient,
  signal: AbortSignalLike,
): Promise<string> {
  if (state !== "READY") return `${name}: ${state ?? "not loaded"}${reason ? `, ${reason}` : ""}`;
  const known = models.find((model) => model.name === name);
  const config = await client.getModelConfig(name, { modelVersion: version, signal });
  return `${name}: ${signature(config)}${known ? `; segments ${known.purpose}` : ""}`;
}

async function list(serverUrl: string, signal: AbortSignalLike): Promise<string[]> {
  const client = new TritonClient({ serverUrl });
  const entries = await client.getModelRepositoryIndex({ signal });
  return Promise.all(entries.map((entry) => describe(entry, client, signal)));
}

async function run(
  { serverUrl }: z.infer<typeof inputSchema>,
  { mcpReq: { signal } }: ServerContext,
): Promise<CallToolResult> {
  const lines =
    serverUrl === undefined
      ? await onEmbeddedEngine("list the models", (url) => list(url, signal))
      : await list(serverUrl, signal);
  const names = models.map(({ name }) => name).join(" and ");
  const text = [
    `Models of ${serverUrl ?? "the embedded engine"}, with their inputs and outputs; the tool segment runs ${names} and what was trained from them, a cell with execute runs all:`,
    ...lines.sort(),
  ].join("\n");
  return { content: [{ type: "text", text }] };
}

/** Add the tool that lists the models of a server. */
export function addListModelsTool(server: McpServer): void {
  const config = {
    title: "List the models",
    description:
      "Lists the models that a server has, with names, dtypes and axes of their inputs and outputs.",
    inputSchema,
    annotations: { readOnlyHint: true, openWorldHint: false },
  };
  server.registerTool("list_models", config, run);
}

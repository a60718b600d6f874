import { mcpPrompt, mcpResources } from "@bioengine/codex";
import { McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
import { addListModelsTool } from "./listmodelstool";
import { addMeasureTool } from "./measuretool";
import { addSegmentTool } from "./segmenttool";

const manifest: { version: string } = require("../../package.json");

/** What a client tells its model of the server. */
const introduction = `Segments and measures microscopy images: segment writes a mask file, measure makes a table of its objects, list_models says which networks there are. Files are read and written on this computer; relative paths are resolved from ${process.cwd()}. To write TypeScript cells for a notebook, read the resource bioengine://instructions first.`;

/**
 * An MCP server with bioengine's tools, and its instructions as a resource and a prompt.
 *
 * What a tool throws is its answer, marked as an error: the messages say what to do.
 */
export function toolServer(): McpServer {
  const server = new McpServer(
    { name: "bioengine", title: "bioengine", version: manifest.version },
    { instructions: introduction },
  );
  addSegmentTool(server);
  addMeasureTool(server);
  addListModelsTool(server);
  for (const { uri, name, text, ...about } of mcpResources()) {
    server.registerResource(name, uri, { title: name, ...about }, ({ href }) => ({
      contents: [{ uri: href, mimeType: about.mimeType, text }],
    }));
  }
  const { name, description, arguments: asked } = mcpPrompt();
  const argsSchema = z.object(
    Object.fromEntries(asked.map((one) => [one.name, z.string().describe(one.description)])),
  );
  server.registerPrompt(name, { title: description, description, argsSchema }, ({ task }) => ({
    messages: [...mcpPrompt(task).messages],
  }));
  return server;
}

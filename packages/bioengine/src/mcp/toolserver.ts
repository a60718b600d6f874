import { codexInstructions } from "@bioengine/codex";
import { McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
import { addListModelsTool } from "./listmodelstool";
import { addMeasureTool } from "./measuretool";
import { addSegmentTool } from "./segmenttool";

const manifest: { version: string } = require("../../package.json");

/** What a client tells its model of the server. */
const introduction = `Segments and measures microscopy images: segment writes a mask file, measure makes a table of its objects, list_models says which networks there are. Files are read and written on this computer; relative paths are resolved from ${process.cwd()}. To write TypeScript cells for a notebook, read the resource bioengine://instructions first.`;

const notebookCell = z.object({ task: z.string().describe("what the cell is to do") });

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
  const title = "How to write cells with bioengine";
  server.registerResource(
    "instructions",
    "bioengine://instructions",
    { title, description: "The models, the rules, and a cell for each task", mimeType: "text/markdown" },
    ({ href }) => ({ contents: [{ uri: href, mimeType: "text/markdown", text: codexInstructions() }] }),
  );
  server.registerPrompt(
    "notebook_cell",
    { title, description: "Writes a TypeScript cell for a task", argsSchema: notebookCell },
    ({ task }) => {
      const text = `${codexInstructions()}\nWrite one cell that does this: ${task}`;
      return { messages: [{ role: "user", content: { type: "text", text } }] };
    },
  );
  return server;
}

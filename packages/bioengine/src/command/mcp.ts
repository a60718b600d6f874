import { once } from "node:events";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { toolServer } from "../mcp/toolserver";

/**
 * Serve bioengine's tools to a coding agent over stdin and stdout, with the Model Context Protocol, until the agent
 * closes them.
 *
 * The tools read and write the files that the agent names; relative paths are resolved from the current folder.
 *
 * @returns the exit code
 * @example
 * process.exitCode = await serveTools();
 */
export async function serveTools(): Promise<number> {
  const connection = serveStdio(toolServer);
  await once(process.stdin, "close");
  await connection.close();
  return 0;
}
